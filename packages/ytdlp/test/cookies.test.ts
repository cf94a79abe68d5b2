/** A job's cookies inside of the real yt-dlp: sent where they belong, reported back when they change, and repeated nowhere. */
import { execFile } from 'node:child_process'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { DownloadOptions } from '@video-scraper/contracts'
import { readRuntime } from '@video-scraper/testkit'
import type { JobCookies } from '../src/job-request.ts'
import { type Stage, startStage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

const sessionOf = (response: Response) =>
  /session=([0-9a-f]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? ''
const signIn = async (account: string) => sessionOf(await fetch(stage.site.url('/members/login', { account })))

const cookie = (value: string, more: object = {}) => ({
  domain: '127.0.0.1',
  includesSubdomains: false,
  path: '/',
  name: 'session',
  value,
  expires: null,
  secure: false,
  httpOnly: true,
  ...more,
})
const cookiesIn = (folder: string, ...cookies: object[]): JobCookies => ({
  site: '127.0.0.1',
  file: join(folder, 'changes.json'),
  cookies,
})
const changesIn = async ({ file }: JobCookies) => JSON.parse(await readFile(file, 'utf8'))

test('a page for those who are signed in is described with cookies, and login_required without', async () => {
  const session = await signIn('described')
  const url = stage.site.url('/members/page', { account: 'described' })
  await expect(stage.engine.extractInfo({ url }, await stage.job())).rejects.toMatchObject({ code: 'login_required' })
  const job = await stage.job()
  const cookies = cookiesIn(job.folder, cookie(session))
  expect(await stage.engine.extractInfo({ url, cookies }, job)).toMatchObject({
    title: expect.stringContaining('For described'),
  })
})

test('a download goes through every rotation, and the last cookie is reported in a file of the job alone', async () => {
  const session = await signIn('downloaded')
  const url = stage.site.url('/members/page', { account: 'downloaded' })
  const job = await stage.job()
  const cookies = cookiesIn(job.folder, cookie(session))
  await stage.engine.download({ url, options: {}, cookies }, job)
  const [change, ...others] = await changesIn(cookies)
  expect(others).toEqual([])
  expect(change.set).toMatchObject({
    domain: '127.0.0.1',
    name: 'session',
    httpOnly: true,
    changedAt: expect.any(Number),
  })
  expect((await stat(cookies.file)).mode & 0o777).toBe(0o600)
  // Nothing but the newest is taken there.
  const { set } = change
  const again = await fetch(url, { headers: { cookie: `session=${set.value}` } })
  expect([again.status, set.value === session]).toEqual([200, false])
})

test('what a site asks for a second time with an old cookie is cookies_expired', async () => {
  const old = await signIn('ended')
  await signIn('ended')
  const job = await stage.job()
  const request = {
    url: stage.site.url('/members/page', { account: 'ended' }),
    cookies: cookiesIn(job.folder, cookie(old)),
  }
  await expect(stage.engine.extractInfo(request, job)).rejects.toMatchObject({ code: 'cookies_expired' })
})

test('of the cookies in a job, those of another host, of another path and of https alone are not sent', async () => {
  const job = await stage.job()
  const elsewhere = cookie('for-another-host', { domain: 'video.test' })
  const secure = cookie('for-https-alone', { name: 'secure', secure: true })
  const below = cookie('not-for-this-path', { name: 'below', path: '/members/below' })
  const cookies = cookiesIn(job.folder, elsewhere, secure, below, cookie('sent-to-the-site', { name: 'plain' }))
  await stage.engine.extractInfo({ url: stage.site.url('/page'), cookies }, job)
  const sent = stage.site.requests('/page').map(({ headers }) => headers.cookie ?? '')
  expect(sent.filter((each) => each !== '')).toEqual(expect.arrayContaining(['plain=sent-to-the-site']))
  expect(new Set(sent.filter((each) => each !== '')).size).toBe(1)
})

test('a source that repeats the cookies in its title has them hidden in the answer', async () => {
  const session = await signIn('echoed')
  const url = stage.site.url('/members/page', { account: 'echoed', echo: 1 })
  const job = await stage.job()
  const info = await stage.engine.extractInfo({ url, cookies: cookiesIn(job.folder, cookie(session)) }, job)
  expect(info.title).toContain('***')
  expect(JSON.stringify(info)).not.toContain(session)
  expect(JSON.stringify(job.seen)).not.toContain(session)
})

test('a source that repeats a cookie in its title and in a chapter has it hidden in what is notified of files and in the media', async () => {
  const job = await stage.job()
  const [title, chapter] = ['repeated-in-the-title', 'Chapter 2']
  const url = stage.site.url('/jsonld', { src: '/video.mp4', title, clips: 3 })
  const cookies = cookiesIn(job.folder, cookie(title), cookie(chapter, { name: 'chapter' }))
  const options: DownloadOptions = { chapters: true, embed: ['metadata', 'chapters'] }
  const { path, others } = await stage.engine.download({ url, options, cookies }, job)
  expect(others.map(({ part }) => part?.title)).toEqual(['Chapter 1', '***', 'Chapter 3'])
  const shown = ['-v', 'error', '-print_format', 'json', '-show_format', '-show_chapters', path]
  const { stdout } = await promisify(execFile)(readRuntime().ffprobe, shown)
  expect(stdout).toContain('Chapter 3')
  for (const secret of [title, chapter]) expect(stdout).not.toContain(secret)
})

test('the copy lies in no file: only what a site has changed is written', async () => {
  const job = await stage.job()
  const cookies = cookiesIn(job.folder, cookie('lies-in-no-file-at-all', { name: 'quiet' }))
  await stage.engine.download({ url: stage.site.url('/video.mp4'), options: {}, cookies }, job)
  for (const name of await readdir(job.folder, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue
    expect((await readFile(join(name.parentPath, name.name))).includes('lies-in-no-file-at-all')).toBe(false)
  }
})

/** What the jar of the real yt-dlp sends to each address, once it was given these cookies. */
const PROGRAM = `
import json, sys
sys.path[:0] = sys.argv[1:3]
from types import SimpleNamespace
from yt_dlp import YoutubeDL
from cookies import carry_cookies
settings = json.loads(sys.argv[3])
ydl = YoutubeDL({'quiet': True})
carry_cookies(ydl, settings, SimpleNamespace(hide=lambda values: None))
print(json.dumps([ydl.cookiejar.get_cookie_header(url) for url in json.loads(sys.argv[4])]))
`
const RUNNER = fileURLToPath(new URL('../python', import.meta.url))

test('a cookie goes to names below its own only where it was set for them, and to no name that merely ends alike', async () => {
  const cookies = [
    cookie('one', { domain: 'example.com', name: 'host' }),
    cookie('two', { domain: 'example.com', name: 'all', includesSubdomains: true }),
    cookie('three', { domain: 'www.example.com', name: 'www', includesSubdomains: true }),
  ]
  const urls = ['example.com', 'www.example.com', 'a.example.com', 'notexample.com', 'com'].map(
    (host) => `https://${host}/`,
  )
  const settings = JSON.stringify({ site: 'example.com', file: '/nowhere', cookies })
  const { python, home } = stage.options
  const argv = ['-I', '-S', '-B', '-c', PROGRAM, RUNNER, home, settings, JSON.stringify(urls)]
  const { stdout } = await promisify(execFile)(python, argv)
  const sent: unknown[] = JSON.parse(stdout)
  const sorted = sent.map((header) => (typeof header === 'string' ? header.split('; ').sort() : []))
  expect(sorted).toEqual([['all=two', 'host=one'], ['all=two', 'www=three'], ['all=two'], [], []])
})

/** What is notified of a site that sets these cookies in one answer, each as domain, path, name, value and expiry. */
const ANSWER = `
import json, sys
sys.path[:0] = sys.argv[1:3]
from http.cookiejar import Cookie
from types import SimpleNamespace
from yt_dlp import YoutubeDL
from cookies import carry_cookies
settings, answer = json.loads(sys.argv[3]), json.loads(sys.argv[4])
ydl = YoutubeDL({'quiet': True})
def send(request):
    for domain, path, name, value, expires in answer:
        ydl.cookiejar.set_cookie(Cookie(0, name, value, None, False, domain, False, False, path, True, False, expires, False, None, None, {}))
ydl._request_director.send = send
carry_cookies(ydl, settings, SimpleNamespace(hide=lambda values: None))
ydl._request_director.send(None)
`

test('cookies that no set can hold take no place of those that one can, and an expiry beyond all numbers is the greatest', async () => {
  const { folder } = await stage.job()
  const settings = { site: 'example.com', file: join(folder, 'changes.json'), cookies: [] }
  const odd = [
    ...Array.from({ length: 600 }, (_, at) => ['example.com', '/', `odd-${at}`, 'semi;colon', null]),
    ['example.com', '/', 'letter', 'ü', null],
    ['example.com', '/', 'a=b', 'x', null],
    ['example.com', '/', '', 'x', null],
    ['example.com', '/ü', 'path', 'x', null],
    ['a b.example.com', '/', 'domain', 'x', null],
  ]
  const good = ['example.com', '/', 'good', 'value', Number.MAX_SAFE_INTEGER * 16]
  const { python, home } = stage.options
  const argv = ['-I', '-S', '-B', '-c', ANSWER, RUNNER, home, JSON.stringify(settings), JSON.stringify([...odd, good])]
  await promisify(execFile)(python, argv)
  const reported = JSON.parse(await readFile(settings.file, 'utf8'))
  expect(reported.map(({ set }: { set: object }) => set)).toEqual([
    expect.objectContaining({ name: 'good', value: 'value', expires: Number.MAX_SAFE_INTEGER }),
  ])
})

/** What is notified of each text, where these values are secret. */
const REPORTED = `
import json, os, sys
sys.path[:0] = sys.argv[1:2]
from events import Events, cut, text
events = Events(os.open('/dev/null', os.O_WRONLY))
for secrets in json.loads(sys.argv[2]):
    events.hide(secrets)
print(json.dumps([[text(each, 40), cut(each, 40), events.without_secrets(each)] for each in json.loads(sys.argv[3])]))
`

test('of a secret that begins with another one, or that a text is cut in, nothing is reported', async () => {
  const [short, long] = ['a-secret', 'a-secret-of-which-more-is-said']
  const texts = [long, `It is ${long}.`, `${'.'.repeat(35)}${long}`, `${long} `.repeat(8), '.'.repeat(90), short]
  const argv = ['-I', '-S', '-B', '-c', REPORTED, RUNNER, JSON.stringify([[short], [long]]), JSON.stringify(texts)]
  const { stdout } = await promisify(execFile)(stage.options.python, argv)
  const reported: string[][] = JSON.parse(stdout)
  expect(reported.map(([line]) => line)).toEqual([
    '***',
    'It is ***.',
    `${'.'.repeat(35)}***`,
    expect.stringMatching(/^(\*\*\* )*(\*{1,3})?$/),
    '.'.repeat(40),
    '***',
  ])
  for (const [line, beginning, whole] of reported) {
    expect([line, beginning, whole].join(' ')).not.toMatch(/secret|which|said|a-s/)
    expect(beginning).toBe(line)
  }
})
