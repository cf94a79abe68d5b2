import { startCold } from '../stage.ts'

startCold()
await import('../download.test.ts')
