/** A file name in a URL never reaches outside of the library, nor anything in it that is not a published file. */
import { symlink, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from '@jest/globals'
import { useApi } from './api-rig.ts'
import { sendRaw } from './raw-http.ts'
import { downloadId, publishFile } from './trivial-worker.ts'

const rig = useApi()
const DIGITS = '5'.repeat(32)
const NAME = `video-${DIGITS}.mp4`
const SECRET = 'nobody may read this'
const LINK = `link-${'6'.repeat(32)}.mp4`
const STRAY = `stray-${'7'.repeat(32)}.mp4`

beforeEach(async () => {
  await publishFile(rig, { jobId: downloadId('5'), title: 'video' })
  const secret = join(rig.libraryPath, '..', `secret-${DIGITS}.mp4`)
  await writeFile(secret, SECRET)
  rig.afterwards(() => unlink(secret))
})

const outside = [
  `../secret-${DIGITS}.mp4`,
  `..%2fsecret-${DIGITS}.mp4`,
  `..%2Fsecret-${DIGITS}.mp4`,
  `%2e%2e/secret-${DIGITS}.mp4`,
  `%2e%2e%2fsecret-${DIGITS}.mp4`,
  `..%5csecret-${DIGITS}.mp4`,
  `..\\secret-${DIGITS}.mp4`,
  `..%252fsecret-${DIGITS}.mp4`,
  `..%c0%afsecret-${DIGITS}.mp4`,
  '%2fetc%2fpasswd',
  '/etc/passwd',
  `${NAME}%00`,
  `${NAME}%00.mp4`,
  `%00${NAME}`,
  `.%2f${NAME}`,
  `x%2f..%2f${NAME}`,
  `${NAME}/.`,
  `${NAME.toUpperCase()}`,
  `${NAME}.json`,
  `.${NAME}`,
  `${NAME}%20`,
  `${NAME}%0a`,
  `${NAME};x`,
  '.',
  '..',
  '%2e',
  '',
  '*',
  '__proto__',
  'x'.repeat(5000),
]

test.each(outside)('%s is no file', async (name) => {
  const origin = await (await rig.standing()).origin()
  const request = `GET /api/video-scraper/download/${name} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`
  const { status, body } = await sendRaw(origin, request)
  expect([400, 404, 405]).toContain(status)
  expect(JSON.parse(body)).toMatchObject({ status_code: status })
  expect(body).not.toContain(SECRET)
  expect(body).not.toContain(rig.libraryPath)
})

test('the published file itself is served', async () => {
  const { get } = await rig.standing()
  expect((await get(`/api/video-scraper/download/${NAME}`)).statusCode).toBe(200)
})

test('a symbolic link in the library is not followed, even when the index knows its name', async () => {
  const { get } = await rig.standing()
  await symlink(join('..', `secret-${DIGITS}.mp4`), join(rig.libraryPath, LINK))
  const entry = await publishFile(rig, { jobId: downloadId('8') })
  await rig.files.add({ ...entry, filename: LINK, sizeBytes: SECRET.length })
  expect((await get(`/api/video-scraper/download/${LINK}`)).statusCode).toBe(404)
})

test('a file that was never published is not there', async () => {
  const { get } = await rig.standing()
  await writeFile(join(rig.libraryPath, STRAY), SECRET)
  expect((await get(`/api/video-scraper/download/${STRAY}`)).statusCode).toBe(404)
})

test('a name that the library could not have given is not even looked up', async () => {
  const { get, redis } = await rig.standing()
  await redis.set('{video-scraper}:file:nonsense', 'no entry')
  expect((await get('/api/video-scraper/download/nonsense')).statusCode).toBe(404)
})
