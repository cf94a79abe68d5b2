/** The Python client that blocks does what is expected of every client; so does the command line, which does not block. */
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
  ],
  files: ['webhooks', 'errors', 'waits', 'files'],
})
