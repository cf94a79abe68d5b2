/** Reads the words after `video-scraper`. */
import { parseArgs } from 'node:util'
import { UsageError } from '../errors.ts'

export const COMMANDS = {
  info: 'info URL                  what is known about a video',
  download: 'download URL [-o PATH]    get the file of a video',
  audio: 'audio URL [-o PATH]       get the sound of a video alone',
  transcript: 'transcript URL [-o FILE]  what is said in a video, of its captions',
  playlist: 'playlist URL              download each entry of a list',
  list: 'list [--jobs]             own files, or own jobs, newest first',
  cancel: 'cancel ID                 stop a job',
  keys: 'keys [create NAME | revoke ID | rotate ID]',
  completion: 'completion bash|zsh|fish  a script that completes these words',
} as const

export type CommandName = keyof typeof COMMANDS

const FLAGS = {
  output: { type: 'string', short: 'o' },
  json: { type: 'boolean' },
  format: { type: 'string', short: 'f' },
  language: { type: 'string' },
  items: { type: 'string' },
  url: { type: 'string' },
  key: { type: 'string' },
  limit: { type: 'string' },
  scope: { type: 'string', multiple: true },
  jobs: { type: 'boolean' },
  fresh: { type: 'boolean' },
  detach: { type: 'boolean' },
  deadline: { type: 'string' },
  quiet: { type: 'boolean', short: 'q' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const

export const FLAG_NAMES = Object.keys(FLAGS)

export const HELP = `Usage: video-scraper COMMAND [options]

  ${Object.values(COMMANDS).join('\n  ')}

  -o, --output PATH   a file or a folder (default: the current folder); of a transcript a file (default: the screen)
  -f, --format ID     a format_id of \`info\`, or two joined by +; of audio mp3, m4a, opus, flac
                      or wav; of a transcript text, json, srt or vtt
      --language TAG  of a transcript (default: that of the video)
      --items PLACES  of a list, such as 1-20,-1 (default: all entries)
      --fresh         ask the source again
      --detach        start the job, print its id, and do not wait
      --deadline S    give up after so many seconds, and cancel the job
      --limit N       at most so many rows of a list (default 50)
      --scope NAME    of a new key: read, write, cookies or admin; may be given several times
      --json          the answer as JSON, and errors as JSON on the error stream
  -q, --quiet         no progress
      --url URL       the service (default: VIDEO_SCRAPER_URL, else http://localhost:5501)
      --key KEY       the API key (default: VIDEO_SCRAPER_API_KEY); others on this machine may see it
  -h, --help, --version

Ctrl-C cancels the job. Exit codes: 0 done, 1 the job failed, 2 wrong use or refused request, 3 no access, 4 not there,
5 a limit, 6 the service could not, 7 no answer, 8 the deadline is over, 9 the file is damaged, 130 interrupted.
`

export interface Options {
  readonly command: string
  readonly words: readonly string[]
  readonly flags: Flags
  /** Why the words cannot be read. */
  readonly problem?: UsageError
}

type Flags = ReturnType<typeof parsed>['values']

const parsed = (argv: string[]) => parseArgs({ args: argv, options: FLAGS, allowPositionals: true })

/** Never throws: `problem` says what is wrong. */
export function readOptions(argv: string[]): Options {
  try {
    const { values: flags, positionals } = parsed(argv)
    const [command = '', ...words] = positionals
    return { command, words, flags }
  } catch (cause) {
    const { message } = cause as Error
    const problem = new UsageError(message.split('\n')[0] ?? message, { code: 'invalid_argument' })
    return { command: '', words: [], flags: { json: argv.includes('--json') }, problem }
  }
}
