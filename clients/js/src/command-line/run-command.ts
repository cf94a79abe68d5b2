/** Runs one command, writes its answer or its error, and says with which code to exit. */
import { VideoScraper } from '../client.ts'
import { UsageError, VideoScraperError } from '../errors.ts'
import { commands } from './commands.ts'
import { exitCodeOf, INTERRUPTED } from './exit-codes.ts'
import { HELP, type Options } from './options.ts'
import { plainText } from './plain-text.ts'
import { progressBar, type Screen } from './progress-bar.ts'
import { version } from './version.ts'

export interface Process {
  readonly out: Screen
  readonly err: Screen
  /** Calls `stop` when somebody presses Ctrl-C. */
  onInterrupt(stop: () => void): void
}

export async function runCommand(options: Options, { out, err, onInterrupt }: Process): Promise<number> {
  const { flags, command } = options
  if (flags.help || flags.version) {
    out.write(flags.help ? HELP : `${version()}\n`)
    return 0
  }
  const interruption = new AbortController()
  onInterrupt(() => interruption.abort(new Error('Interrupted.')))
  const bar = progressBar(err, flags.quiet === true || flags.json === true)
  try {
    if (options.problem) throw options.problem
    const run = Object.hasOwn(commands, command) ? commands[command as keyof typeof commands] : undefined
    if (!run)
      throw new UsageError(`There is no command ${command || 'given'}. See video-scraper --help.`, {
        code: 'invalid_argument',
      })
    const client = new VideoScraper({ baseUrl: flags.url, apiKey: flags.key })
    const { value, text } = await run({ client, options, bar, signal: interruption.signal })
    bar.clear()
    out.write(`${flags.json ? JSON.stringify(value, null, 2) : text.trimEnd()}\n`)
    return 0
  } catch (error) {
    bar.clear()
    if (interruption.signal.aborted) {
      err.write('Interrupted. The job was cancelled, if there was one.\n')
      return INTERRUPTED
    }
    err.write(`${flags.json ? jsonText(error) : errorText(error)}\n`)
    return exitCodeOf(error)
  }
}

function errorText(error: unknown): string {
  const { message, code, nextStep, requestId } = error as Partial<Record<string, unknown>>
  const facts = [code, requestId && `request ${requestId}`].filter(Boolean).join(', ')
  return plainText(`${message ?? error}${nextStep ? ` ${nextStep}` : ''}${facts ? ` (${facts})` : ''}`)
}

function jsonText(error: unknown): string {
  if (!(error instanceof VideoScraperError)) return JSON.stringify({ error: String(error), code: 'unknown' })
  const { message, code, status, retryable, requestId, retryAfter } = error
  return JSON.stringify({ error: message, code, status, retryable, request_id: requestId, retry_after: retryAfter })
}
