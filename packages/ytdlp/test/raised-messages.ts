/** Has the real yt-dlp raise messages as its extractors do, and says which code each failure gets. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { FailureCode } from '@video-scraper/contracts'
import { readRuntime } from '@video-scraper/testkit'
import { parseEvent } from '../src/events.ts'
import type { ErrorReport } from '../src/failure-facts.ts'
import { failureFrom } from '../src/failures.ts'
import type { ExtractorMessage } from './fixtures/extractor-messages.ts'

interface Raised {
  readonly message: string
  readonly chain: readonly object[]
}

type RaisedMessage = Pick<ExtractorMessage, 'how' | 'message' | 'expected'> & { readonly status?: number }

/** What the runner tells when the real classes raise these messages for a page of this name. */
export async function raisedFor(name: string, messages: readonly RaisedMessage[]): Promise<Raised[]> {
  const { python, ytdlp } = readRuntime()
  const script = fileURLToPath(new URL('./fixtures/raise_messages.py', import.meta.url))
  const runner = fileURLToPath(new URL('../python', import.meta.url))
  const running = execFileWithInput(python, ['-I', '-S', '-B', script, ytdlp, runner])
  const cases = messages.map(({ how, message, expected, status }) => ({
    how,
    expected,
    status,
    id: name,
    message: message.replace(/\{(?!url\})\w+\}/, '{id}'),
  }))
  return JSON.parse(await running(JSON.stringify(cases)))
}

const execFileWithInput =
  (program: string, argv: readonly string[]) =>
  (input: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const child = execFile(program, argv, (error, stdout) => (error ? reject(error) : resolve(stdout)))
      child.stdin?.end(input)
    })

export function codeOfRaised(raised: Raised | undefined, name: string, more: Partial<ErrorReport> = {}): FailureCode {
  const event = parseEvent(JSON.stringify({ event: 'error', ...raised }))
  if (event?.event !== 'error') throw new Error('It is no error event.')
  const about = {
    formatRequested: false,
    blocked: false,
    exceeded: false,
    sabrOnly: false,
    impersonationMissing: false,
    nowMs: 0,
  }
  const address = `https://a.example/1/${encodeURIComponent(name)}`
  return failureFrom({ ...event, ...about, address, ...more }).code
}
