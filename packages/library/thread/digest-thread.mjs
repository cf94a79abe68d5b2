/**
 * The thread behind `src/publish/digest.ts`: hashes a file block by block while it grows, and to its end when it receives its name.
 *
 * It is plain JavaScript outside `src` because a worker thread cannot load TypeScript on Node 20, and because from here
 * `../../thread/` is the same place for the sources and for `dist`. Reading is synchronous: the thread has nothing else to do.
 */
import { createHash } from 'node:crypto'
import { closeSync, constants, fdatasync, fstatSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'

const BLOCK_BYTES = 1024 * 1024
const PROBE_BYTES = 512
const SYNC_EVERY_BYTES = 64 * BLOCK_BYTES
/** After a look that found something new, and after one that did not. */
const BUSY_POLL_MS = 50

const { folder, partName, pollMs, followedBytes } = workerData
const block = Buffer.allocUnsafeSlow(BLOCK_BYTES)

/** Nothing here is a reason to wait for a writer (a FIFO) or to leave the folder (a symbolic link). */
const openFile = (path) => openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)

/** What has been hashed so far, or null before a file was found and after trust was lost. */
let followed = null
let trusted = folder !== null
let timer = null

function loseTrust() {
  trusted = false
  clearTimeout(timer)
  if (followed) close(followed)
  followed = null
  followedBytes[0] = 0
}

/** A descriptor is closed only after the sync that still uses it, or the sync could hit another file. */
function close(file) {
  if (file.syncing) file.closeAfterSync = true
  else closeSync(file.descriptor)
}

function start(path) {
  const descriptor = openFile(path)
  const { dev, ino } = fstatSync(descriptor, { bigint: true })
  return { descriptor, dev, ino, hash: createHash('sha256'), offset: 0, probes: [], syncedTo: 0, syncing: false }
}

/** Reads exactly `length` bytes into the block unless the file ends before; returns how many there were. */
function readAt(descriptor, position, length) {
  let filled = 0
  while (filled < length) {
    const count = readSync(descriptor, block, filled, length - filled, position + filled)
    if (count === 0) break
    filled += count
  }
  return filled
}

function hashBlock(file, length) {
  const count = readAt(file.descriptor, file.offset, length)
  if (count < length) return false
  const bytes = block.subarray(0, length)
  file.hash.update(bytes)
  file.probes.push(Buffer.from(bytes.subarray(0, PROBE_BYTES)))
  file.offset += length
  return true
}

/** Writes back as the file grows, so that the sync before its publication finds little left to do. */
function syncBehind(file) {
  if (file.syncing || file.offset - file.syncedTo < SYNC_EVERY_BYTES) return
  file.syncing = true
  file.syncedTo = file.offset
  fdatasync(file.descriptor, () => {
    file.syncing = false
    if (file.closeAfterSync) closeSync(file.descriptor)
  })
}

/** Hashes the whole blocks that have appeared. A block is left alone until all of it is there. */
function follow() {
  const names = readdirSync(folder).filter((name) => partName.test(name))
  // Two parts are video and audio that will be merged into a third file: none of this work would be of use.
  if (names.some((name) => followed && name !== followed.name) || names.length > 1) return loseTrust()
  if (!followed && names.length === 1) followed = { ...start(join(folder, names[0])), name: names[0] }
  if (!followed) return false
  const stat = fstatSync(followed.descriptor)
  if (!stat.isFile() || stat.size < followed.offset) return loseTrust()
  const before = followed.offset
  while (followed.offset + BLOCK_BYTES <= stat.size) {
    if (!hashBlock(followed, BLOCK_BYTES)) return loseTrust()
    followedBytes[0] = followed.offset
  }
  syncBehind(followed)
  return followed.offset > before
}

function poll() {
  let found = false
  try {
    found = follow()
  } catch {
    // A file that vanished between the look and the opening: look again. Whatever was hashed is no longer certain.
    if (followed) loseTrust()
  }
  if (trusted) timer = setTimeout(poll, found ? BUSY_POLL_MS : pollMs)
}

/** Whether the file under this descriptor is the one that was followed, still beginning with what was hashed of it. */
function continues(descriptor) {
  if (!followed) return false
  const { dev, ino, size } = fstatSync(descriptor, { bigint: true })
  if (dev !== followed.dev || ino !== followed.ino || size < BigInt(followed.offset)) return false
  return followed.probes.every(
    (probe, index) =>
      readAt(descriptor, index * BLOCK_BYTES, probe.length) === probe.length &&
      probe.equals(block.subarray(0, probe.length)),
  )
}

function finish(path) {
  clearTimeout(timer)
  const fresh = start(path)
  const before = fstatSync(fresh.descriptor, { bigint: true })
  if (!before.isFile()) throw new Error('Only a regular file has a digest.')
  const file = continues(fresh.descriptor) ? { ...fresh, hash: followed.hash, offset: followed.offset } : fresh
  const begun = file.offset
  // Runs beside the hashing. The thread's end waits for it, and closes what is open.
  fdatasync(fresh.descriptor, () => {})
  const sizeBytes = Number(before.size)
  while (file.offset < sizeBytes) {
    if (!hashBlock(file, Math.min(BLOCK_BYTES, sizeBytes - file.offset))) break
  }
  const after = fstatSync(fresh.descriptor, { bigint: true })
  if (file.offset !== sizeBytes || after.size !== before.size || after.mtimeNs !== before.mtimeNs) {
    throw new Error('The file changed while it was hashed.')
  }
  return { sha256: file.hash.digest('hex'), sizeBytes, followedBytes: begun }
}

const acts = {
  taint: loseTrust,
  finish: ({ path }) => {
    try {
      parentPort.postMessage({ digest: finish(path) })
    } catch (error) {
      parentPort.postMessage({ error })
    }
  },
}

parentPort.on('message', (message) => acts[message.act](message))
if (trusted) poll()
