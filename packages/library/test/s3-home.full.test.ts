/** A bucket keeps every promise of a library's home, and those of its own: in parts, in bounded memory, leaving nothing. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { type DisposableS3, startS3 } from '@video-scraper/testkit'
import { type Bucket, openBucket } from '../src/s3/s3-bucket.ts'
import { openS3Library } from '../src/s3/s3-library.ts'
import { keepsItsPromises } from './home-promises.ts'
import { type Home, s3Home, settingsOf } from './homes.ts'
import { entryOf, stageOne, workFolderWith } from './staged-file.ts'

jest.setTimeout(60_000)

let server: DisposableS3
beforeAll(async () => {
  server = await startS3()
})
afterAll(() => server?.stop())

describe('as every home', () => {
  keepsItsPromises(() => s3Home(server), {
    publish: [
      ['cleared', false],
      ['described', false],
      ['published', true],
      ['taken', true],
    ],
    remove: ['media removed', 'sidecar removed'],
  })
})

describe('as a bucket', () => {
  const CONTENT = 'the bytes of a video'
  const entry = entryOf(CONTENT)
  let home: Home
  let bucket: Bucket
  let prefix: string
  let folder: string
  beforeEach(async () => {
    home = await s3Home(server)
    const s3 = 's3' in home.address ? home.address.s3 : settingsOf(server, '')
    prefix = s3.prefix
    bucket = openBucket(s3)
    folder = join(home.root, 'work')
  })
  afterEach(async () => {
    bucket.close()
    await home.close()
  })

  const served = async () => {
    const file = await home.library.open(entry.filename)
    return file && Buffer.concat(await file.stream(null).toArray()).toString()
  }

  const uploads = async () => {
    const found = []
    for await (const upload of bucket.uploads(prefix)) found.push(upload)
    return found
  }

  test('a sweep finds also what stands beyond the first page of a thousand uploads', async () => {
    const name = (at: number) => `${prefix}many-${String(at).padStart(32, '0')}.mp4`
    for (let from = 0; from < 1010; from += 10) {
      await Promise.all(
        Array.from({ length: 10 }, (_, at) =>
          bucket.beginUpload(name(from + at), { mediaType: 'video/mp4', metadata: {} }),
        ),
      )
    }
    expect(await uploads()).toHaveLength(1010)
    expect(await home.library.sweep({ olderThanMs: -60_000 })).toHaveLength(1010)
    expect(await uploads()).toEqual([])
  })

  test('staging carries the bytes over, unseen; taking it back leaves nothing in the bucket', async () => {
    await stageOne(home.library, await workFolderWith(folder, CONTENT))
    expect(await uploads()).toHaveLength(1)
    expect(await home.names()).toEqual([])
    await home.library.unstage(folder)
    expect(await uploads()).toEqual([])
    await home.library.unstage(folder)
  })

  test('taking back what was published changes nothing', async () => {
    await home.library.publish(await stageOne(home.library, await workFolderWith(folder, CONTENT)))
    await home.library.unstage(folder)
    expect(await served()).toBe(CONTENT)
    expect(await uploads()).toEqual([])
  })

  test('a job that is stopped while it uploads leaves nothing, and receives its own reason', async () => {
    const staged = await workFolderWith(folder, 'x'.repeat(40_000_000))
    const stop = new AbortController()
    const staging = stageOne(home.library, { ...staged, entry: entryOf('x'.repeat(40_000_000)) }, stop.signal)
    const ended = staging.catch((error: unknown) => error)
    await new Promise((resolve) => setImmediate(resolve))
    stop.abort('enough')
    expect(await ended).toBe('enough')
    expect(await uploads()).toEqual([])
    expect(await home.library.readStaged(folder)).toBeNull()
  })

  test('uploads that nobody completes are swept when they are old, and publishing then uploads again', async () => {
    const staged = await stageOne(home.library, await workFolderWith(folder, CONTENT))
    expect(await home.library.sweep({ olderThanMs: 3_600_000 })).toEqual([])
    expect(await home.library.sweep({ olderThanMs: -60_000 })).toEqual([entry.filename])
    expect(await uploads()).toEqual([])
    await home.library.publish(staged)
    expect(await served()).toBe(CONTENT)
  })

  test('an upload that was completed by an attempt that did not live to hear of it is taken for done', async () => {
    const staged = await stageOne(home.library, await workFolderWith(folder, CONTENT))
    const { upload } = staged
    if (!upload) throw new Error('Nothing was uploaded.')
    await bucket.completeUpload(`${prefix}${entry.filename}`, upload.id, upload.parts)
    await home.library.publish(staged)
    expect(await served()).toBe(CONTENT)
    expect(await home.names()).toEqual([entry.filename, `${entry.filename}.json`])
  })

  test('a link serves the file without us, under the name and type that we say, in parts too, until its time is over', async () => {
    await home.library.publish(await stageOne(home.library, await workFolderWith(folder, CONTENT)))
    const file = { filename: entry.filename, title: 'Ein "Film" 🎬', mediaType: 'video/mp4' }
    const link = await home.library.link?.(file, { disposition: 'inline', seconds: 60 })
    const whole = await fetch(String(link))
    expect(await whole.text()).toBe(CONTENT)
    expect(whole.headers.get('content-type')).toBe('video/mp4')
    expect(whole.headers.get('content-disposition')).toMatch(/^inline; filename=a-video-.*filename\*=UTF-8''Ein/)
    const part = await fetch(String(link), { headers: { range: 'bytes=4-8' } })
    expect([part.status, await part.text()]).toEqual([206, CONTENT.slice(4, 9)])
    const forged = await fetch(String(link).replace(entry.filename, `b${entry.filename}`))
    expect(forged.status).toBe(403)
  })

  test('a large file is carried over in parts, whole, in memory that does not grow with it', async () => {
    const BYTES = 300 * 1024 * 1024
    await workFolderWith(folder, '')
    const path = join(folder, 'media.mp4')
    const hash = createHash('sha256')
    const file = createWriteStream(path)
    for (let written = 0; written < BYTES; written += 1024 * 1024) {
      const block = Buffer.alloc(1024 * 1024, written / 1024 / 1024)
      hash.update(block)
      if (!file.write(block)) await once(file, 'drain')
    }
    await new Promise<void>((resolve) => file.end(() => resolve()))
    const sha256 = hash.digest('hex')
    const large = { ...entry, sizeBytes: BYTES, sha256 }
    const before = process.memoryUsage().rss
    let peak = before
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss)
    }, 20)
    await home.library.publish(await stageOne(home.library, { folder, path, entry: large }))
    clearInterval(watch)
    // Two parts of 8 MiB, what the SDK makes of them, and what the collector leaves lying meanwhile.
    expect(peak - before).toBeLessThan(200 * 1024 * 1024)
    const stored = createHash('sha256')
    const opened = await home.library.open(entry.filename)
    if (opened) for await (const chunk of opened.stream(null)) stored.update(chunk)
    expect(stored.digest('hex')).toBe(sha256)
  })

  test('whoever leaves in the middle of a file lets go of the store', async () => {
    await home.plant(entry.filename, 'x'.repeat(20_000_000))
    const file = await home.library.open(entry.filename)
    const stream = file?.stream(null)
    await new Promise((resolve) => stream?.once('data', resolve))
    stream?.destroy()
    await new Promise((resolve) => stream?.once('close', resolve))
    expect(await served()).toHaveLength(20_000_000)
  })

  test('a bucket that is not there, and one that is not ours, stop the start with a sentence', async () => {
    const settings = settingsOf(server, '')
    for (const change of [{ bucket: 'nowhere' }, { secretAccessKey: 'wrong' }]) {
      await expect(openS3Library({ settings: { ...settings, ...change } })).rejects.toThrow(/cannot be used/)
    }
  })

  test('what has no place under the prefix is never touched', async () => {
    const other = await s3Home(server)
    await other.plant(`lone-${'0'.repeat(32)}.mp4.json`, 'x')
    await home.library.sweep({ olderThanMs: -60_000 })
    expect(await other.names()).toHaveLength(1)
    await other.close()
  })
})
