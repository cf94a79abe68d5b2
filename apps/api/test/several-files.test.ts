/** A download of several files: each is listed, fetched, linked and removed by itself, and only by who may. */
import { expect, jest, test } from '@jest/globals'
import type { FileEntry } from '@video-scraper/contracts'
import { useApi } from './api-rig.ts'
import { downloaded, VTT } from './several-files.ts'
import { downloadId, publishFile } from './trivial-worker.ts'

jest.setTimeout(60_000)
const rig = useApi()
const DOWNLOADS = '/api/video-scraper/downloads'
const pathOf = (filename: string) => `/api/video-scraper/download/${filename}`

test('the status names all files; the keys outside of it are those of the media', async () => {
  const gateway = await rig.standing()
  const { media, subtitle, thumbnail, status } = await downloaded(rig, gateway)
  const reply = await status()
  expect(reply).toMatchObject({
    filename: media.filename,
    size_bytes: media.sizeBytes,
    download_url: pathOf(media.filename),
  })
  const common = (entry: FileEntry) => ({
    filename: entry.filename,
    size_bytes: entry.sizeBytes,
    media_type: entry.mediaType,
    sha256: entry.sha256,
    download_url: pathOf(entry.filename),
    automatic: false,
    expired: false,
  })
  expect(reply.files).toEqual([
    { ...common(media), role: 'media', language: null },
    { ...common(subtitle), role: 'subtitle', language: 'en' },
    { ...common(thumbnail), role: 'thumbnail', language: null },
  ])
})

test('a download of an earlier release, whose result and index know one file, has one file', async () => {
  const gateway = await rig.standing()
  const media = await publishFile(rig, { jobId: downloadId('e') })
  const [listed] = (await gateway.get(DOWNLOADS)).json()
  expect(listed).toMatchObject({ filename: media.filename, role: 'media', language: null })
  expect(listed.files.map(({ filename }: { filename: string }) => filename)).toEqual([media.filename])
})

test('the list has one entry for the download, with its files; `role` lists the others', async () => {
  const gateway = await rig.standing()
  const { media, subtitle, thumbnail } = await downloaded(rig, gateway)
  const names = (reply: { filename: string }[]) => reply.map(({ filename }) => filename)
  const list = async (query = '') => (await gateway.get(`${DOWNLOADS}${query}`)).json()
  const [entry, ...more] = await list()
  expect([names(entry.files), more]).toEqual([[media.filename, subtitle.filename, thumbnail.filename], []])
  expect(names(await list('?role=media'))).toEqual([media.filename])
  expect(names(await list('?role=subtitle'))).toEqual([subtitle.filename])
  expect(names(await list('?role=thumbnail&extension=jpg'))).toEqual([thumbnail.filename])
  expect(names(await list('?role=clip'))).toEqual([])
  expect((await gateway.get(`${DOWNLOADS}?role=script`)).json()).toMatchObject({ status_code: 400 })
})

test('each file is fetched whole and in parts, under a name that says what it is, and nothing in it runs', async () => {
  const gateway = await rig.standing()
  const { subtitle, thumbnail } = await downloaded(rig, gateway)
  const whole = await gateway.get(pathOf(subtitle.filename))
  expect([whole.statusCode, whole.body]).toEqual([200, VTT])
  expect(whole.headers).toMatchObject({
    'content-type': 'text/vtt; charset=utf-8',
    'x-content-type-options': 'nosniff',
    etag: `"${subtitle.sha256}"`,
  })
  expect(whole.headers['content-disposition']).toMatch(/%5Bdddddddd%5D\.en\.vtt$/)
  const part = await gateway.ask({ method: 'GET', url: pathOf(subtitle.filename), headers: { range: 'bytes=0-5' } })
  expect([part.statusCode, part.body]).toEqual([206, 'WEBVTT'])
  const shown = await gateway.get(`${pathOf(thumbnail.filename)}?disposition=inline`)
  expect(shown.headers['content-type']).toBe('image/jpeg')
  expect(shown.headers['content-security-policy']).toMatch(/default-src 'none'.*sandbox/)
})

test('a link opens the file that it was made for, and no other of the download', async () => {
  const gateway = await rig.standing()
  const { subtitle, thumbnail } = await downloaded(rig, gateway)
  const { url } = (await gateway.ask({ method: 'POST', url: `${pathOf(subtitle.filename)}/link` })).json()
  expect((await gateway.get(url)).body).toBe(VTT)
  expect((await gateway.get(url.replace(subtitle.filename, thumbnail.filename))).json()).toMatchObject({
    ...{ status_code: 403, code: 'link_invalid' },
  })
})

test('a file that is removed is gone by itself: the others stay, and every answer says which is gone', async () => {
  const gateway = await rig.standing()
  const { media, subtitle, thumbnail, status } = await downloaded(rig, gateway)
  const remove = (filename: string) => gateway.ask({ method: 'DELETE', url: pathOf(filename) })
  const gone = async () => (await status()).files.map(({ expired }: { expired: boolean }) => expired)
  expect((await remove(subtitle.filename)).statusCode).toBe(204)
  expect((await gateway.get(pathOf(subtitle.filename))).json()).toMatchObject({
    status_code: 404,
    code: 'file_expired',
  })
  expect(await status()).toMatchObject({ expired: false })
  expect(await gone()).toEqual([false, true, false])
  const [listed] = (await gateway.get(DOWNLOADS)).json()
  expect(listed.files.map(({ filename }: { filename: string }) => filename)).toEqual([
    media.filename,
    thumbnail.filename,
  ])

  expect((await remove(media.filename)).statusCode).toBe(204)
  expect(await status()).toMatchObject({ expired: true })
  expect(await gone()).toEqual([true, true, false])
  expect((await gateway.get(DOWNLOADS)).json()).toEqual([])
  expect((await gateway.get(pathOf(thumbnail.filename))).statusCode).toBe(200)
  expect((await gateway.get(`${DOWNLOADS}?role=thumbnail`)).json()).toHaveLength(1)
})

test('somebody else’s files are the same 404 as files that never were', async () => {
  const gateway = await rig.standing()
  const { subtitle } = await downloaded(rig, gateway, 'somebody')
  const never = subtitle.filename.replace('-2-', '-9-')
  const replies = await Promise.all([subtitle.filename, never].map((name) => gateway.get(pathOf(name))))
  const [theirs, none] = replies.map((reply) => ({ ...reply.json(), request_id: '' }))
  expect(theirs).toEqual(none)
  expect(theirs).toMatchObject({ status_code: 404, code: 'not_found' })
  expect((await gateway.get(`${DOWNLOADS}?role=subtitle`)).json()).toEqual([])
})
