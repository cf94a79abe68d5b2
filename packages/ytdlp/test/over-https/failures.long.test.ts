import { serveOverHttps } from '../stage.ts'

serveOverHttps()
await import('../failures.test.ts')
