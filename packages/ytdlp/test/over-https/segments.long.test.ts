import { serveOverHttps } from '../stage.ts'

serveOverHttps()
await import('../segments.test.ts')
