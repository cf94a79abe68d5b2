import { serveOverHttps } from '../stage.ts'

serveOverHttps()
await import('../more-sources.long.test.ts')
