/** All files of a download as one archive: whole, of a known length, and only for who may have them. */
import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import { readRuntime, temporaryFolder } from '@video-scraper/testkit'
import { useApi } from './api-rig.ts'
import { downloaded, VTT } from './several-files.ts'

jest.setTimeout(60_000)
const rig = useApi()
const pathOf = (id: string) => `/api/video-scraper/status/${id}/files.zip`

/** Names and contents, as Python reads them. */
async function contentsOf(archive: Buffer): Promise<[string, string][]> {
  const folder = await temporaryFolder()
  try {
    const path = join(folder.path, 'files.zip')
    await writeFile(path, archive)
    const program = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    assert archive.testzip() is None
    print(json.dumps([[each.filename, archive.read(each).decode('latin1')] for each in archive.infolist()]))
`
    return JSON.parse(execFileSync(readRuntime().python, ['-c', program, path], { encoding: 'utf8' }))
  } finally {
    await folder.remove()
  }
}

test('all files come as one archive of the length that was said, under their titles', async () => {
  const gateway = await rig.standing()
  const { id, status } = await downloaded(rig, gateway)
  expect((await status()).archive_url).toBe(pathOf(id))
  const reply = await gateway.get(pathOf(id))
  expect(reply.headers).toMatchObject({
    'content-type': 'application/zip',
    'content-length': String(reply.rawPayload.length),
    'accept-ranges': 'none',
    'cache-control': 'private',
    'x-content-type-options': 'nosniff',
  })
  expect(reply.headers['content-disposition']).toMatch(/filename\*=UTF-8''.*\.zip$/)
  const title = 'Never Gonna Give You Up [dddddddd]'
  expect(await contentsOf(reply.rawPayload)).toEqual([
    [`${title}.mp4`, 'a small video'],
    [`${title}.en.vtt`, VTT],
    [`${title}.jpg`, '\xff\xd8\xff'],
  ])
})

test('HEAD says the same without a body; a range is answered with all of it; what a client has is not sent again', async () => {
  const gateway = await rig.standing()
  const { id } = await downloaded(rig, gateway)
  const get = await gateway.get(pathOf(id))
  const head = await gateway.ask({ method: 'HEAD', url: pathOf(id) })
  expect([head.statusCode, head.body]).toEqual([200, ''])
  for (const name of ['content-length', 'content-disposition', 'etag', 'content-type']) {
    expect(head.headers[name]).toBe(get.headers[name])
  }
  const part = await gateway.ask({ method: 'GET', url: pathOf(id), headers: { range: 'bytes=0-3' } })
  expect([part.statusCode, part.rawPayload.length]).toEqual([200, get.rawPayload.length])
  const etag = String(get.headers.etag)
  const again = await gateway.ask({ method: 'GET', url: pathOf(id), headers: { 'if-none-match': etag } })
  expect([again.statusCode, again.body]).toEqual([304, ''])
})

test('what was removed is left out, and an archive of nothing is file_expired', async () => {
  const gateway = await rig.standing()
  const { id, media, subtitle, thumbnail } = await downloaded(rig, gateway)
  const remove = (filename: string) => gateway.ask({ method: 'DELETE', url: `/api/video-scraper/download/${filename}` })
  const etag = (await gateway.get(pathOf(id))).headers.etag
  await remove(media.filename)
  const left = await gateway.get(pathOf(id))
  expect((await contentsOf(left.rawPayload)).map(([name]) => name.slice(-6))).toEqual(['en.vtt', 'd].jpg'])
  expect(left.headers.etag).not.toBe(etag)
  for (const { filename } of [subtitle, thumbnail]) await remove(filename)
  expect((await gateway.get(pathOf(id))).json()).toMatchObject({ status_code: 404, code: 'file_expired' })
})

test('somebody else’s download, one that never was and an info job are the same 404', async () => {
  const gateway = await rig.standing()
  const { id } = await downloaded(rig, gateway, 'somebody')
  const { job_id: info } = (await gateway.post('/api/video-scraper/info', { url: 'https://example.com/video' })).json()
  const never = id.replaceAll('d', 'e')
  for (const method of ['GET', 'POST'] as const) {
    const url = (each: string) => `${pathOf(each)}${method === 'POST' ? '/link' : ''}`
    const replies = await Promise.all([id, never].map((each) => gateway.ask({ method, url: url(each) })))
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([404, 404])
    const [theirs, none] = replies.map((reply) => ({ ...reply.json(), request_id: '' }))
    expect(theirs).toEqual(none)
  }
  expect((await gateway.get(pathOf(info))).json()).toMatchObject({ code: 'job_not_finished' })
})

test('a download that goes on has no archive yet', async () => {
  const gateway = await rig.standing()
  const { download_id: id } = (
    await gateway.post('/api/video-scraper/download', { url: 'https://example.com/v' })
  ).json()
  expect((await gateway.get(pathOf(id))).json()).toMatchObject({ status_code: 409, code: 'job_not_finished' })
})

test('a link opens the archive of its download until its time is over, and nothing else', async () => {
  const gateway = await rig.standing()
  const { id, media } = await downloaded(rig, gateway)
  const { url, expires_at: expiresAt } = (
    await gateway.ask({ method: 'POST', url: `${pathOf(id)}/link`, payload: { expires_in: 60 } })
  ).json()
  expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now() + 50_000)
  expect((await gateway.get(url)).statusCode).toBe(200)
  const { search } = new URL(url, 'http://a.example')
  const other = await gateway.get(`/api/video-scraper/download/${media.filename}${search}`)
  expect(other.json()).toMatchObject({ status_code: 403, code: 'link_invalid' })
  expect((await gateway.get(url.replace(/.$/, (last: string) => (last === 'A' ? 'B' : 'A')))).statusCode).toBe(403)
})
