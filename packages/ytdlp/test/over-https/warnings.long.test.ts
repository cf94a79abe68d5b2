import { serveOverHttps } from '../stage.ts'

serveOverHttps()
await import('../warnings.test.ts')
