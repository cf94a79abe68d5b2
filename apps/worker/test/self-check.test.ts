/** `npm run ytdlp -- check` finds the pinned yt-dlp whole, and names what is wrong with another. */
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readRuntime, type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'
import { ageOf, inOneSpelling } from '../src/self-check/check-engine.ts'

const PROGRAM = fileURLToPath(new URL('../dist/check-ytdlp.js', import.meta.url))
const { python, ytdlp, ffmpeg, ffprobe } = readRuntime()

let folder: TemporaryFolder
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder.remove())

/** What the program says, and its exit code. */
const check = (home: string, more: Record<string, string> = {}): Promise<{ code: number; said: string }> =>
  new Promise((resolve) => {
    const env = { PYTHON: python, YTDLP_HOME: home, FFMPEG: ffmpeg, FFPROBE: ffprobe, SANDBOX: 'best-effort', ...more }
    const child = execFile(process.execPath, [PROGRAM], { env }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, said: stdout + stderr }),
    )
  })

/** A copy of the installed home without some of its entries: links would lead out of the sandbox. */
function homeWithout(name: string, isLeftOut: (entry: string) => boolean): string {
  const home = join(folder.path, name)
  mkdirSync(home)
  for (const entry of readdirSync(ytdlp))
    if (!isLeftOut(entry)) cpSync(join(ytdlp, entry), join(home, entry), { recursive: true })
  return home
}

test('the pinned yt-dlp does what jobs need', async () => {
  const { code, said } = await check(ytdlp, { POT_PROVIDER_URL: 'http://127.0.0.1:9' })
  expect({ code, said }).toEqual({ code: 0, said: expect.not.stringContaining('PROBLEM') })
  for (const part of [
    'patches',
    'downloaders',
    'request_handlers',
    'impersonation',
    'javascript',
    'po_tokens',
    'page',
    'playlist',
  ]) {
    expect(said).toMatch(new RegExp(`^ok +${part}`, 'm'))
  }
  expect(said).toMatch(/ytdlp +\d{4}\.\d+\.\d+.*, \d+ days old/)
})

test('what is missing is named', async () => {
  const { code, said } = await check(homeWithout('bare', (entry) => /^(curl_cffi|cffi|_cffi_backend|bin)/.test(entry)))
  expect(code).toBe(1)
  expect(said).toMatch(/^PROBLEM impersonation +No Chrome can be imitated/m)
  expect(said).toMatch(/^PROBLEM javascript +There is no deno/m)
  expect(said).toMatch(/^ok +page/m)
  expect(said).toMatch(/curl_cffi +not installed/)
})

test('a version stands in the status as updates spell it', () => {
  const spelled = ['2026.10.26', '2026.10.26.220202dev', '2026.10.26.220202.dev0', 'of our own', null].map(
    inOneSpelling,
  )
  expect(spelled).toEqual(['2026.10.26', '2026.10.26.220202.dev0', '2026.10.26.220202.dev0', 'of our own', null])
})

test('the age of a version is counted from its date', () => {
  expect(ageOf('2026.10.26', Date.UTC(2026, 10, 1))).toBe(6)
  expect(ageOf(null, 0)).toBeNull()
})
