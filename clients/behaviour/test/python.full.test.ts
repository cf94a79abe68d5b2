/** The Python client that does not block does what is expected of every client, also where that takes longer. */
import { fileURLToPath } from 'node:url'
import { pythonClient } from '@video-scraper/testkit'
import { behaves } from '../src/behaves.ts'

behaves({
  driver: [pythonClient().python, fileURLToPath(new URL('../../python/test/driver.py', import.meta.url)), 'async'],
  files: ['retries', 'waits', 'files', 'slow'],
})
