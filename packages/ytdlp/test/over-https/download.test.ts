import { serveOverHttps } from '../stage.ts'

serveOverHttps()
await import('../download.test.ts')
