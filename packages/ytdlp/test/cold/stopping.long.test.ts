import { startCold } from '../stage.ts'

startCold()
await import('../stopping.test.ts')
