import { serveOverHttps } from '../stage.ts'

serveOverHttps()
await import('../more-sources.full.test.ts')
