/** The Python client that blocks does what is expected of every client (repeats are in `python.long.test.ts`); so does the command line, which does not block. */
import { fileURLToPath } from 'node:url'
import { pythonClient } from '@video-scraper/testkit'
import { behaves } from '../src/behaves.ts'

const { python } = pythonClient()
const program = (path: string) => [python, fileURLToPath(new URL(`../../python/${path}`, import.meta.url))]

behaves({
  driver: [...program('test/driver.py'), 'sync'],
  commandLine: [python, '-m', 'video_scraper'],
  examples: [
    {
      title: 'the example that saves a video',
      program: program('examples/save_a_video.py'),
      words: ['{site}/video.mp4', '{folder}/'],
      exit: 0,
      out: '/\\.mp4$/',
    },
    {
      title: 'the example that lists formats, which does not block',
      program: program('examples/list_formats.py'),
      words: ['{site}/jsonld'],
      exit: 0,
      out: '/^A described video\n.+/',
    },
    {
      title: 'the example that prints a transcript',
      program: program('examples/print_a_transcript.py'),
      words: ['{site}/spoken', 'de'],
      exit: 0,
      out: '/^1\n00:00:00,000 --> 00:00:01,500\nEin Testbild\n/',
    },
    {
      title: 'the example that saves a playlist',
      program: program('examples/save_a_playlist.py'),
      words: ['{site}/lists/long.xml', '{folder}/', '1,7,13'],
      exit: 0,
      out: '/^(?=.*\\b1 \\S+\\.mp4\n)(?=.*7 failed video_unavailable\n)(?=.*13 skipped duplicate\n).*1 of 3 completed$/',
    },
  ],
  files: ['webhooks', 'errors', 'waits', 'files'],
})
