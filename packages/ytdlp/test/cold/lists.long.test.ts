import { startCold } from '../stage.ts'

startCold()
await import('../lists.test.ts')
