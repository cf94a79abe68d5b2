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
    {
      title: 'the example that prints a transcript',
      program: [...prepared.php, `${project}/print-a-transcript.php`],
      words: ['{site}/spoken', 'de'],
      exit: 0,
      out: '/^1\n00:00:00,000 --> 00:00:01,500\nEin Testbild\n/',
    },
    {
      title: 'the example that prints a transcript, of a video without captions',
      program: [...prepared.php, `${project}/print-a-transcript.php`],
      words: ['{site}/video.mp4'],
      exit: 1,
      err: '/no_captions/',
    },
    {
      title: 'the example that saves a playlist',
      program: [...prepared.php, `${project}/save-a-playlist.php`],
      words: ['{site}/lists/long.xml', '{folder}/', '1,7,13'],
      exit: 0,
      out: '/^(?=.*\\b1 \\S+\\.mp4\n)(?=.*7 failed video_unavailable\n)(?=.*13 skipped duplicate\n).*1 of 3 completed$/',
    },
  ],
  files: ['webhooks', 'errors', 'retries', 'waits', 'files'],
})
