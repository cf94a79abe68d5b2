/** The JavaScript client does what is expected of every client. It runs as it is built. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll } from '@jest/globals'
import { behaves } from '../src/behaves.ts'

const program = (path: string) => [process.execPath, fileURLToPath(new URL(`../../js/${path}`, import.meta.url))]

const run = promisify(execFile)
beforeAll(() => run(process.execPath, program('scripts/build.mjs').slice(1)))

behaves({
  driver: program('test/driver.mjs'),
  commandLine: program('dist/esm/command-line/main.js'),
  examples: [
    {
      title: 'the example that saves a video',
      program: program('examples/save-a-video.mjs'),
      words: ['{site}/video.mp4', '{folder}/'],
      exit: 0,
      out: '/\\.mp4$/',
    },
    {
      title: 'the example that lists formats, which is CommonJS',
      program: program('examples/list-formats.cjs'),
      words: ['{site}/jsonld'],
      exit: 0,
      out: '/^A described video\n.+/',
    },
    {
      title: 'the example that prints a transcript',
      program: program('examples/print-a-transcript.mjs'),
      words: ['{site}/spoken', 'de'],
      exit: 0,
      out: '/^1\n00:00:00,000 --> 00:00:01,500\nEin Testbild\n/',
    },
    {
      title: 'the example that saves a playlist',
      program: program('examples/save-a-playlist.mjs'),
      words: ['{site}/lists/long.xml', '{folder}/', '1,7,13'],
      exit: 0,
      out: '/^(?=.*\\b1 \\S+\\.mp4\n)(?=.*7 failed video_unavailable\n)(?=.*13 skipped duplicate\n).*1 of 3 completed$/',
    },
  ],
  files: ['webhooks', 'errors', 'retries', 'waits', 'files'],
})
