/** Calls parts of the runner in a Python of their own, with the real yt-dlp: values go in and come back as JSON. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { readRuntime } from '@video-scraper/testkit'

const RUNNER = fileURLToPath(new URL('../python', import.meta.url))

/** What `answer` is when the lines have run. They find the value as `given`. */
export async function inPython(given: unknown, ...lines: string[]): Promise<unknown> {
  const { python, ytdlp } = readRuntime()
  const script = [
    'import json, sys',
    'sys.path[:0] = sys.argv[1:3]',
    'given = json.load(sys.stdin)',
    ...lines,
    'print(json.dumps(answer))',
  ]
  const words = ['-I', '-S', '-B', '-c', script.join('\n'), RUNNER, ytdlp]
  const running = promisify(execFile)(python, words, { maxBuffer: 2 ** 24 })
  running.child.stdin?.end(JSON.stringify(given))
  return JSON.parse((await running).stdout)
}
