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

/** A store that refuses the second part at once and takes the first one slowly, and what it was told, in order. */
function storeThatFills(told: string[]): Pick<Bucket, 'abortUpload' | 'beginUpload' | 'uploadPart'> {
  return {
    beginUpload: async () => 'upload',
    uploadPart: async (_key, _upload, part, _bytes, signal) => {
      told.push(`part ${part}`)
      if (part === 2) throw Object.assign(new Error('The store has no space left.'), { code: 'ENOSPC' })
      await setTimeout(100, undefined, { signal })
      told.push(`part ${part} is kept`)
      return 'tag'
    },
    abortUpload: async () => {
      told.push('aborted')
    },
  }
}

const upload = (told: string[], signal?: AbortSignal) =>
  uploadParts({
    bucket: storeThatFills(told) as Bucket,
    key: 'video.mp4',
    path,
    sizeBytes: SIZE_BYTES,
    object: { mediaType: 'video/mp4', metadata: {} },
    signal,
  })

test('a part on its way ends before the upload is aborted for another one, and no further part begins', async () => {
  const told: string[] = []
  await expect(upload(told)).rejects.toMatchObject({ code: 'ENOSPC' })
  expect(told).toEqual(['part 1', 'part 2', 'part 1 is kept', 'aborted'])
})

test('a signal cuts off the part on its way', async () => {
  const told: string[] = []
  const reason = new Error('The job was cancelled.')
  await expect(upload(told, abortedIn(20, reason))).rejects.toBe(reason)
  expect(told).toEqual(['part 1', 'part 2', 'aborted'])
})

function abortedIn(ms: number, reason: Error): AbortSignal {
  const controller = new AbortController()
  void setTimeout(ms).then(() => controller.abort(reason))
  return controller.signal
}
