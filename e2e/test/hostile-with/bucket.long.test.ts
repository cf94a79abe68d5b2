import { standWith } from '../hostile-surroundings.ts'

standWith('a bucket')
await import('../hostile.full.test.ts')
