/** The command lines of Python and JavaScript are alike to the letter, also where no scenario looks: what needs no service. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from '@jest/globals'
import { pythonClient } from '@video-scraper/testkit'

const file = (path: string) => fileURLToPath(new URL(`../../js/${path}`, import.meta.url))
const run = promisify(execFile)
const { python } = pythonClient()

beforeAll(() => run(process.execPath, [file('scripts/build.mjs')]), 120_000)

type Outcome = { stdout: string; stderr: string; code?: number }
/** Nobody listens there. */
const env = { PATH: process.env.PATH, VIDEO_SCRAPER_URL: 'http://127.0.0.1:4' }
const outcomeOf = async (program: string, argv: readonly string[]) => {
  const ended: Outcome = await run(program, [...argv], { env }).catch((error: Outcome) => error)
  return { stdout: ended.stdout, stderr: ended.stderr, code: ended.code ?? 0 }
}

const LINES = [
  '--help',
  '-qh --json',
  '--version',
  'completion bash',
  'completion zsh --json',
  'completion fish',
  'completion tcsh --json',
  '',
  'toString',
  'nonsense --json',
  'info one two',
  'download -o',
  'download --output --json x',
  'download -oPATH -f=22',
  'list --limit=0',
  'list --jobs=yes',
  'list --nonsense',
  'list -qx --json',
  'info --deadline -1 https://video.example/',
  'info -- --fresh more',
  'keys revoke',
  'keys create --scope read --scope',
  'cancel ..',
  'cancel -- -x',
  'list --url ftp://video.example',
  'list --url=',
]

test.each(LINES)('video-scraper %s', async (line) => {
  const words = line.split(' ').filter((word) => word !== '')
  const [ours, theirs] = await Promise.all([
    outcomeOf(python, ['-m', 'video_scraper', ...words]),
    outcomeOf(process.execPath, [file('dist/esm/command-line/main.js'), ...words]),
  ])
  expect(ours).toEqual(theirs)
})
