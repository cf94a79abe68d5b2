/**
 * What the refusals of the sites that are asked as a browser end as. `docs/impersonating-sites.md` is drawn from the table;
 * `UPDATE=1` writes it anew.
 */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { readRuntime } from '@video-scraper/testkit'
import { impersonatingSites } from './fixtures/impersonating-sites.ts'
import { codeOfRaised, raisedFor } from './raised-messages.ts'

const DOCUMENT = fileURLToPath(new URL('../../../docs/impersonating-sites.md', import.meta.url))
const { python, ytdlp } = readRuntime()
const EXTRACTORS = join(ytdlp, 'yt_dlp', 'extractor')

/** In the source a sentence may go over several lines, or be said by yt-dlp itself: a part of it must stand there. */
const beginning = (message: string): string => message.split(/[.{:']/, 1)[0]?.slice(0, 40) ?? ''

test('the table names every file of extractors that asks as a browser, and no other', async () => {
  const script = fileURLToPath(new URL('./fixtures/impersonating_modules.py', import.meta.url))
  const { stdout } = await promisify(execFile)(python, ['-I', '-S', '-B', script, EXTRACTORS])
  expect(Object.keys(impersonatingSites).sort()).toEqual(Object.keys(JSON.parse(stdout)).sort())
})

test('the sentences stand in the source of the pinned yt-dlp', () => {
  // What a class inherits, or says by the default of yt-dlp, stands in the file of its base.
  const common = ['common.py', 'floatplane.py'].map((file) => readFileSync(join(EXTRACTORS, file), 'utf8')).join('')
  for (const [file, { refusals }] of Object.entries(impersonatingSites)) {
    const source = common + readFileSync(join(EXTRACTORS, file), 'utf8')
    for (const { message } of refusals) expect(source.replaceAll("\\'", "'")).toContain(beginning(message))
  }
})

test('each refusal has the code that the table names', async () => {
  const refusals = Object.entries(impersonatingSites).flatMap(([file, { refusals }]) =>
    refusals.map((refusal) => ({ ...refusal, file })),
  )
  const raised = await raisedFor('a1b2c3', refusals)
  const named = ({ file, message }: { file: string; message: string }) => `${file}: ${message}`
  expect(refusals.map((refusal, index) => `${named(refusal)}: ${codeOfRaised(raised[index], 'a1b2c3')}`)).toEqual(
    refusals.map((refusal) => `${named(refusal)}: ${refusal.code}`),
  )
})

test.each([
  [403, false, 'forbidden'],
  [403, true, 'impersonation_missing'],
  [429, false, 'rate_limited'],
  [429, true, 'rate_limited'],
] as const)('a page that answers %d, the library missing: %p, is %s', async (status, impersonationMissing, code) => {
  const message = `Unable to download webpage: HTTP Error ${status}: Refused`
  const [raised] = await raisedFor('a1b2c3', [{ how: 'error', message, expected: true, status }])
  expect(codeOfRaised(raised, 'a1b2c3', { impersonationMissing })).toBe(code)
})

test('docs/impersonating-sites.md says what the table says', async () => {
  if (process.env.UPDATE === '1') await writeFile(DOCUMENT, siteDocument())
  expect(readFileSync(DOCUMENT, 'utf8')).toBe(siteDocument())
})

function siteDocument(): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll(/\{[^}]*\}/g, '…')
  const rows = Object.values(impersonatingSites).flatMap(({ sites, refusals }) =>
    refusals.map(({ message, code, status }) => {
      const answer = status === undefined ? '' : ` (after ${status})`
      return `| ${sites} | ${cell(message)}${answer} | \`${code}\` |`
    }),
  )
  const silent = Object.values(impersonatingSites).flatMap(({ sites, refusals }) =>
    refusals.length === 0 ? [sites] : [],
  )
  return `# Sites that are asked as a browser

yt-dlp imitates a browser at these sites (with curl_cffi), since they refuse other clients. The table says which code a job gets
for each refusal. The sentences are those of the pinned yt-dlp; a test raises each one through yt-dlp's own classes. No real
site was asked. Pages of unknown sites are asked as a browser where the operator sets \`generic.impersonate\`
(docs/operations.md).

At every site, with or without sentences of its own:

| The source answers | Code |
|---|---|
| 403, and this service lacks curl_cffi | \`impersonation_missing\` |
| 403 to a browser | \`forbidden\` |
| 403 with a challenge (Cloudflare) | \`bot_check\` |
| 429 | \`rate_limited\` |

| Site | yt-dlp says | Code |
|---|---|---|
${rows.join('\n')}

Without sentences of their own: ${silent.join('; ')}.
`
}
