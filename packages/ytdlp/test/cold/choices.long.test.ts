import { startCold } from '../stage.ts'

startCold()
await import('../choices.test.ts')
