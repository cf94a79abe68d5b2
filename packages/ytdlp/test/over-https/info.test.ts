import { serveOverHttps } from '../stage.ts'

serveOverHttps()
await import('../info.test.ts')
