import { startCold } from '../stage.ts'

startCold()
await import('../segments.test.ts')
