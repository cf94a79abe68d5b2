import { startCold } from '../stage.ts'

startCold()
await import('../info.test.ts')
