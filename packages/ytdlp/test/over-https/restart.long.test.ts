import { serveOverHttps } from '../stage.ts'

serveOverHttps()
await import('../restart.test.ts')
