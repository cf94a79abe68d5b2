import { startCold } from '../stage.ts'

startCold()
await import('../failures.test.ts')
