import { standWith } from '../hostile-surroundings.ts'

standWith('an upstream proxy')
await import('../hostile.full.test.ts')
