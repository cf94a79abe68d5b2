/** The PHP client does what is expected of every client, with the transport that it brings. */
import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from '@jest/globals'
import { installedProject } from '../../php/test/project.ts'
import { behaves } from '../src/behaves.ts'
import { preparedPhp } from '../src/php.ts'

const prepared = preparedPhp()
const project = installedProject(prepared)
afterAll(() => rmSync(dirname(project), { recursive: true }))

behaves({
  driver: [...prepared.php, fileURLToPath(new URL('../../php/test/driver.php', import.meta.url))],
  examples: [
    {
      title: 'the example that saves a video',
      program: [...prepared.php, `${project}/save-a-video.php`],
      words: ['{site}/video.mp4', '{folder}/'],
      exit: 0,
      out: '/\\.mp4$/',
    },
    {
      title: 'the example that is interrupted cancels its job',
      program: [...prepared.php, `${project}/save-a-video.php`],
      words: ['{site}/big.mp4?bytes=9000000&rate=100003', '{folder}/'],
      interrupt_when: 'GET /status/[^/]+/events',
      exit: 130,
      newest: { url: '/100003/', status: 'cancelled' },
    },
    {
      title: 'the example that lists formats',
      program: [...prepared.php, `${project}/list-formats.php`],
      words: ['{site}/jsonld'],
      exit: 0,
      out: '/^A described video\n.+/',
    },
  ],
  files: ['webhooks', 'errors', 'retries', 'waits', 'files'],
})
