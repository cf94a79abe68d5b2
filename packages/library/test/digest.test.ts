/** The digest is right whatever happens to the file while it grows; following it only makes it quicker. */
import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, symlinkSync } from 'node:fs'
import { appendFile, mkdir, open, rename, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type DigestFollower, digestOf, followDigest } from '@video-scraper/library'
import { eventually, type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'

const MIB = 1024 * 1024
const bytes = randomBytes(8 * MIB)
const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex')

/** Other bytes, but the same at the beginning of every block: only a follower that is notified, or notices, gets it right. */
function alikeInProbes(content: Buffer): Buffer {
  const copy = Buffer.from(content)
  for (let at = 600; at < copy.length; at += MIB) copy[at] = (copy[at] ?? 0) ^ 0xff
  return copy
}

let folder: TemporaryFolder
let follower: DigestFollower
let part: string
let final: string

beforeEach(async () => {
  folder = await temporaryFolder()
  part = join(folder.path, 'media.f137.mp4.part')
  final = join(folder.path, 'media.mp4')
  follower = followDigest({ folder: folder.path, pollMs: 10, afterMs: 0 })
})

afterEach(async () => {
  await follower.stop()
  await folder.remove()
})

const reached = (count: number) => eventually(() => follower.followedBytes === count)

async function grow(content: Buffer): Promise<void> {
  for (let at = 0; at < content.length; at += 700_000) {
    await appendFile(part, content.subarray(at, at + 700_000))
  }
  await reached(Math.floor(content.length / MIB) * MIB)
}

test('a file that grew and was renamed is not read again, and its digest is right', async () => {
  await grow(bytes)
  await appendFile(part, 'the end')
  await rename(part, final)
  const whole = Buffer.concat([bytes, Buffer.from('the end')])
  expect(await follower.finish(final)).toEqual({
    sha256: sha256(whole),
    sizeBytes: whole.length,
    followedBytes: 8 * MIB,
  })
})

test('a file that was there before, from an earlier attempt, is followed on', async () => {
  await follower.stop()
  await writeFile(part, bytes.subarray(0, 5 * MIB))
  follower = followDigest({ folder: folder.path, pollMs: 10, afterMs: 0 })
  await reached(5 * MIB)
  await appendFile(part, bytes.subarray(5 * MIB))
  const digest = await follower.finish(part)
  expect(digest.sha256).toBe(sha256(bytes))
  expect(digest.followedBytes).toBeGreaterThanOrEqual(5 * MIB)
})

test('a restart that was reported is hashed anew, even where the new bytes look alike', async () => {
  await grow(bytes)
  follower.taint()
  const other = alikeInProbes(bytes)
  const handle = await open(part, 'r+')
  await handle.write(other, 0, other.length, 0)
  await handle.close()
  expect(await follower.finish(part)).toMatchObject({ sha256: sha256(other), followedBytes: 0 })
})

test('a restart that nobody reported is noticed by its content', async () => {
  await grow(bytes)
  const other = randomBytes(8 * MIB)
  const handle = await open(part, 'r+')
  await handle.write(other, 0, other.length, 0)
  await handle.close()
  expect(await follower.finish(part)).toMatchObject({ sha256: sha256(other), followedBytes: 0 })
})

test('a changed header alone is noticed', async () => {
  await grow(bytes)
  const other = Buffer.from(bytes)
  other.writeUInt32BE(12_345, 36)
  const handle = await open(part, 'r+')
  await handle.write(other, 0, 64, 0)
  await handle.close()
  expect(await follower.finish(part)).toMatchObject({ sha256: sha256(other), followedBytes: 0 })
})

test('a truncation is noticed while it lasts, even where the new bytes look alike', async () => {
  await grow(bytes)
  await truncate(part, MIB)
  await reached(0)
  const other = alikeInProbes(bytes)
  await appendFile(part, other.subarray(MIB))
  const whole = Buffer.concat([bytes.subarray(0, MIB), other.subarray(MIB)])
  expect(await follower.finish(part)).toMatchObject({ sha256: sha256(whole), followedBytes: 0 })
})

test('a file shorter than what was hashed of it is hashed anew', async () => {
  await grow(bytes)
  await truncate(part, 3 * MIB)
  expect(await follower.finish(part)).toMatchObject({ sha256: sha256(bytes.subarray(0, 3 * MIB)), followedBytes: 0 })
})

test('another file under the final name is hashed anew, even where it looks alike', async () => {
  await grow(bytes)
  const other = alikeInProbes(bytes)
  await writeFile(final, other)
  expect(await follower.finish(final)).toMatchObject({ sha256: sha256(other), followedBytes: 0 })
})

test('space that was reserved before it was written is noticed', async () => {
  await writeFile(part, '')
  await truncate(part, 4 * MIB)
  await reached(4 * MIB)
  const handle = await open(part, 'r+')
  await handle.write(bytes, 0, 4 * MIB, 0)
  await handle.close()
  expect(await follower.finish(part)).toMatchObject({ sha256: sha256(bytes.subarray(0, 4 * MIB)), followedBytes: 0 })
})

test('two parts will be merged into a third file: following is given up, the digest is right', async () => {
  await grow(bytes)
  await writeFile(join(folder.path, 'media.f140.m4a.part'), 'sound')
  await reached(0)
  await writeFile(final, 'merged')
  expect(await follower.finish(final)).toMatchObject({ sha256: sha256(Buffer.from('merged')), followedBytes: 0 })
})

test('single fragments, notes and finished files are not taken for the growing file', async () => {
  for (const name of ['media.mp4.part-Frag1', 'media.mp4.part-Frag1.part', 'media.mp4.ytdl', 'media.mp4', 'x.part']) {
    await writeFile(join(folder.path, name), bytes)
  }
  await grow(bytes)
  expect(await follower.finish(part)).toMatchObject({ sha256: sha256(bytes), followedBytes: 8 * MIB })
})

test.each([0, 1, MIB - 1, 4 * MIB - 1, 4 * MIB, 4 * MIB + 1, 6 * MIB])(
  'a file of %i bytes that nobody followed',
  async (size) => {
    const content = bytes.subarray(0, size)
    await writeFile(final, content)
    expect(await digestOf(final)).toEqual({ sha256: sha256(content), sizeBytes: size, followedBytes: 0 })
  },
)

test('no thread is started for a short download of a small file', async () => {
  await follower.stop()
  const threads = () => readdirSync('/proc/self/task').length
  await writeFile(final, bytes.subarray(0, MIB))
  await digestOf(final)
  const before = threads()
  const short = Array.from({ length: 8 }, () => followDigest({ folder: folder.path }))
  const digests = Promise.all(short.map((each) => each.finish(final)))
  expect(threads()).toBe(before)
  for (const { sha256: found } of await digests) expect(found).toBe(sha256(bytes.subarray(0, MIB)))
  expect(threads()).toBe(before)
})

test('a restart that was reported before a thread followed is not followed later', async () => {
  await follower.stop()
  const late = followDigest({ folder: folder.path, pollMs: 1, afterMs: 20 })
  await writeFile(part, bytes)
  late.taint()
  await new Promise((resolve) => setTimeout(resolve, 100))
  await rename(part, final)
  expect(await late.finish(final)).toEqual({ sha256: sha256(bytes), sizeBytes: bytes.length, followedBytes: 0 })
})

test('a small file that changes while it is hashed has no digest', async () => {
  await follower.stop()
  await writeFile(final, bytes.subarray(0, 4 * MIB))
  let settled = false
  const digest = digestOf(final).finally(() => {
    settled = true
  })
  const outcome = expect(digest).rejects.toThrow('changed while it was hashed')
  // Its size stays the same.
  const writer = await open(final, 'r+')
  while (!settled) await writer.write('x', 0)
  await writer.close()
  await outcome
})

test('a file that changes while it is hashed has no digest', async () => {
  await writeFile(final, 'x')
  await truncate(final, 400 * MIB)
  let settled = false
  const digest = follower.finish(final).finally(() => {
    settled = true
  })
  const outcome = expect(digest).rejects.toThrow('changed while it was hashed')
  while (!settled) await appendFile(final, 'x')
  await outcome
})

test('a link, a folder and a missing file have no digest', async () => {
  await writeFile(part, 'x')
  symlinkSync(part, final)
  await expect(digestOf(final)).rejects.toThrow('ELOOP')
  await expect(digestOf(folder.path)).rejects.toThrow('regular file')
  await expect(digestOf(join(folder.path, 'missing'))).rejects.toThrow('ENOENT')
})

test('a folder that vanishes, or a part that is no file, does no harm', async () => {
  await mkdir(part)
  await writeFile(final, bytes)
  expect(await follower.finish(final)).toMatchObject({ sha256: sha256(bytes) })
  const lost = followDigest({ folder: join(folder.path, 'missing'), pollMs: 1, afterMs: 0 })
  expect(await lost.finish(final)).toMatchObject({ sha256: sha256(bytes) })
})

test('an aborted signal ends it with its reason', async () => {
  await writeFile(final, 'x')
  await truncate(final, 2000 * MIB)
  const stop = new AbortController()
  const digest = follower.finish(final, stop.signal)
  stop.abort(new Error('cancelled'))
  await expect(digest).rejects.toThrow('cancelled')
  await expect(digestOf(final, stop.signal)).rejects.toThrow('cancelled')
})

test('stopping leaves no thread and no open file behind, whenever it comes', async () => {
  const open = () => readdirSync('/proc/self/fd').length
  const threads = () => readdirSync('/proc/self/task').length
  // The follower of `beforeEach` may still be starting, and would open its files after they were counted.
  await follower.stop()
  await writeFile(part, bytes)
  await digestOf(part)
  const before = { open: open(), threads: threads() }
  for (let round = 0; round < 6; round++) {
    const each = followDigest({ folder: folder.path, pollMs: 1, afterMs: 0 })
    if (round % 2 === 0) await eventually(() => each.followedBytes === 8 * MIB)
    if (round % 3 === 0) await each.finish(part)
    else await each.stop()
    if (round % 2 === 0) await each.stop()
    if (round % 3 !== 0) await expect(each.finish(part)).rejects.toThrow('stopped')
  }
  await eventually(() => open() <= before.open && threads() <= before.threads)
})
