/** The Python client that does not block; and of both what takes longer: repeats, gateways that are killed, slow files. */
import { fileURLToPath } from 'node:url'
import { describe } from '@jest/globals'
import { pythonClient } from '@video-scraper/testkit'
import { behaves } from '../src/behaves.ts'

const driver = (kind: 'sync' | 'async') => [
  pythonClient().python,
  fileURLToPath(new URL('../../python/test/driver.py', import.meta.url)),
  kind,
]

describe('the one that does not block', () => {
  behaves({ driver: driver('async'), files: ['errors', 'retries', 'waits', 'files', 'slow'] })
})

describe('the one that blocks', () => {
  behaves({ driver: driver('sync'), files: ['retries', 'slow'] })
})
