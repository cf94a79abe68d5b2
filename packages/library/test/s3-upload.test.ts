import { EventEmitter, once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'
import type { Bucket } from '../src/s3/s3-bucket.ts'
import { uploadParts } from '../src/s3/s3-upload.ts'

const SIZE_BYTES = 40 * 1024 * 1024

let folder: TemporaryFolder
let path: string
beforeEach(async () => {
  folder = await temporaryFolder()
  path = join(folder.path, 'video.mp4')
  await writeFile(path, Buffer.alloc(SIZE_BYTES))
})
afterEach(() => folder.remove())

/** A store that refuses the second part at once and takes the first one slowly, and what it is asked for, in order. */
function storeThatFills(
  requests: string[],
  { takesMs, onRefused }: Store,
): Pick<Bucket, 'abortUpload' | 'beginUpload' | 'uploadPart'> {
  // On a busy machine the first part could have been kept before the second one was even read.
  const refused = new EventEmitter()
  const isRefused = once(refused, 'second part')
  return {
    beginUpload: async () => 'upload',
    uploadPart: async (_key, _upload, part, _bytes, signal) => {
      requests.push(`part ${part}`)
      if (part === 2) refused.emit('second part')
      if (part === 2) onRefused?.()
      if (part === 2) throw Object.assign(new Error('The store has no space left.'), { code: 'ENOSPC' })
      await isRefused
      await setTimeout(takesMs, undefined, { signal })
      requests.push(`part ${part} is kept`)
      return 'tag'
    },
    abortUpload: async () => {
      requests.push('aborted')
      return false
    },
  }
}

interface Store {
  /** For the first part, once the second one has been refused, in milliseconds. */
  takesMs: number
  onRefused?: () => void
}

const upload = (requests: string[], store: Store = { takesMs: 100 }, signal?: AbortSignal) =>
  uploadParts({
    bucket: storeThatFills(requests, store) as Bucket,
    key: 'video.mp4',
    path,
    sizeBytes: SIZE_BYTES,
    object: { mediaType: 'video/mp4', metadata: {} },
    signal,
  })

test('a part on its way ends before the upload is aborted for another one, and no further part begins', async () => {
  const requests: string[] = []
  await expect(upload(requests)).rejects.toMatchObject({ code: 'ENOSPC' })
  expect(requests.slice(2)).toEqual(['part 1 is kept', 'aborted'])
  expect(requests.slice(0, 2).sort()).toEqual(['part 1', 'part 2'])
})

test('a signal cuts off the part on its way', async () => {
  const requests: string[] = []
  const reason = new Error('The job was cancelled.')
  const cancelling = new AbortController()
  const onRefused = () => void setTimeout(20).then(() => cancelling.abort(reason))
  await expect(upload(requests, { takesMs: 4000, onRefused }, cancelling.signal)).rejects.toBe(reason)
  expect(requests.slice(2)).toEqual(['aborted'])
})
