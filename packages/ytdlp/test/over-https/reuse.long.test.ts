import { serveOverHttps } from '../stage.ts'

serveOverHttps()
await import('../reuse.test.ts')
