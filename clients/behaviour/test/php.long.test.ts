/** The PHP client with what takes longer, and with another HTTP client (PSR-18). */
import { fileURLToPath } from 'node:url'
import { describe } from '@jest/globals'
import { behaves } from '../src/behaves.ts'
import { preparedPhp } from '../src/php.ts'

const { php } = preparedPhp()
const driver = [...php, fileURLToPath(new URL('../../php/test/driver.php', import.meta.url))]

describe('gateways that are killed, and slow files', () => behaves({ driver, files: ['slow'] }))

describe('with a PSR-18 client that gives whole bodies', () =>
  behaves({ driver: [...driver, 'guzzle'], files: ['errors', 'retries'] }))

describe('with a PSR-18 client that gives bodies while they come', () =>
  behaves({ driver: [...driver, 'guzzle-streams'], files: ['errors', 'waits', 'files'] }))
