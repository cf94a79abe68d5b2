/** The disk space of one download: what it was promised, what it has taken, and what it is stopped with when there is no more. */
import { JobFailure } from '@video-scraper/core'
import type { ByteClaims } from '@video-scraper/store'

/** What is promised while nobody knows the size: a beginning. */
const UNKNOWN_BYTES = 1024 * 1024

export interface ReservationSubject {
  jobId: string
  owner: string
  /** The job's work folder. */
  folder: string
}

interface ReservationParts extends ReservationSubject {
  claims: ByteClaims
  disk: string
  /** What the owner may keep; 0 for no limit. */
  ownerLimitBytes: number
}

export interface DiskReservation {
  /** Aborted, with a `JobFailure` as its reason, when the download has outgrown what is left. */
  readonly signal: AbortSignal
  /** What the download may take of the disk, with what it already has there, and of its owner's quota. Or infinity. */
  readonly diskBytes: number
  readonly ownerBytes: number
  /** The file will be this large; null: nobody knows. `copies`: how often that is needed on the disk at once. */
  expect(size: { fileBytes: number | null; copies: number }): void
  /** So much of the file has been fetched. */
  grew(fileBytes: number): void
  /** The file is there. Rejects with `quota_exceeded` where it does not fit; otherwise its place is kept for a minute. */
  settle(sizeBytes: number): Promise<void>
  /** Ends the watch and gives the disk's space back. The owner's too, unless the file was settled. */
  release(): Promise<void>
}

/** What the budget does with a reservation. It also keeps the promises of `DiskReservation`. */
export interface WatchedReservation extends Omit<DiskReservation, 'diskBytes' | 'ownerBytes' | 'expect'> {
  /** Throws `disk_full` or `quota_exceeded` where not even a beginning fits. Resolves with the space there is. */
  claimAtStart(freeBytes: number): Promise<{ diskBytes: number; ownerBytes: number }>
  expect(size: { fileBytes: number | null; copies: number }, freeBytes: number): Promise<void>
  /** So much of the disk the job's folder takes now. */
  took(bytes: number): void
  /** Keeps the claims from lapsing, at what they are by now. */
  renew(): Promise<void>
  /** What was promised and is not taken yet. */
  outstandingBytes(): number
  /** What others on the same disk have been promised and not taken, when it was last asked. */
  othersBytes(): number
  /** How much more it has taken than anybody knew it would. */
  excessBytes(): number
  stopWith(code: 'disk_full' | 'quota_exceeded'): void
}

/** A reservation that has claimed nothing yet: `claimAtStart` comes first. */
export function reservationOf({ jobId, owner, claims, disk, ownerLimitBytes }: ReservationParts): WatchedReservation {
  const stop = new AbortController()
  let promisedBytes: number | null = null
  let takenBytes = 0
  let fileBytes = 1
  let settled = false
  // What is asked after the end would claim again for a minute what nobody takes.
  let released = false
  let othersBytes = 0
  const ofDisk = { subject: { disk }, jobId }
  const ofOwner = { subject: { owner }, jobId }

  const outstandingBytes = () => (promisedBytes === null ? UNKNOWN_BYTES : Math.max(0, promisedBytes - takenBytes))
  const stopWith: WatchedReservation['stopWith'] = (code) => stop.abort(new JobFailure(code))

  async function claimDisk(totalBytes: number | null): Promise<boolean> {
    if (released) return true
    const answer = await claims.claim({ ...ofDisk, bytes: outstandingBytes(), totalBytes })
    othersBytes = answer.othersBytes
    return answer.granted
  }
  /** Resolves with what others of the owner take, or null where this does not fit beside it. */
  async function claimOwner(): Promise<number | null> {
    if (ownerLimitBytes === 0 || released) return 0
    const answer = await claims.claim({ ...ofOwner, bytes: fileBytes, totalBytes: ownerLimitBytes })
    return answer.granted ? answer.othersBytes : null
  }

  return {
    signal: stop.signal,
    stopWith,
    outstandingBytes,
    othersBytes: () => othersBytes,
    excessBytes: () => takenBytes - (promisedBytes ?? 0),
    took: (bytes) => {
      // A merge gives half of it back at its end, and does not need it again.
      takenBytes = Math.max(takenBytes, bytes)
    },
    async claimAtStart(freeBytes) {
      if (!(await claimDisk(freeBytes))) throw new JobFailure('disk_full')
      const ownerOthersBytes = await claimOwner()
      if (ownerOthersBytes === null) throw new JobFailure('quota_exceeded')
      const ownerBytes = ownerLimitBytes === 0 ? Number.POSITIVE_INFINITY : ownerLimitBytes - ownerOthersBytes
      return { diskBytes: freeBytes - othersBytes + takenBytes, ownerBytes }
    },
    async expect(size, freeBytes) {
      if (size.fileBytes === null) return
      promisedBytes = size.fileBytes * size.copies
      fileBytes = Math.max(1, size.fileBytes)
      if (!(await claimDisk(freeBytes))) stopWith('disk_full')
      else if ((await claimOwner()) === null) stopWith('quota_exceeded')
    },
    grew: (bytes) => {
      fileBytes = Math.max(fileBytes, bytes)
    },
    async renew() {
      await claimDisk(null)
      if ((await claimOwner()) === null && !settled) stopWith('quota_exceeded')
    },
    async settle(sizeBytes) {
      fileBytes = sizeBytes
      settled = true
      if ((await claimOwner()) !== null) return
      settled = false
      throw new JobFailure('quota_exceeded')
    },
    async release() {
      released = true
      const given = settled ? [ofDisk] : [ofDisk, ofOwner]
      await Promise.all(given.map((claim) => claims.release(claim)))
    },
  }
}
