/** How a download's claims on the disk and on its owner's quota change while it runs, and what it is stopped with. For the budget, which watches it. */
import { JobFailure } from '@video-scraper/core'
import type { ByteClaims } from '@video-scraper/store'
import type { CopyRequest, CopyReservation, DiskReservation, ReservationSubject } from './disk-reservation.ts'

/** What is promised while nobody knows the size: a beginning. */
const UNKNOWN_BYTES = 1024 * 1024

interface ReservationParts extends ReservationSubject {
  claims: ByteClaims
  disk: string
  /** What the owner may keep; 0 for no limit. */
  ownerLimitBytes: number
}

/** What the budget does with a reservation. It also keeps the promises of `DiskReservation`. */
export interface WatchedReservation
  extends Omit<DiskReservation, 'diskBytes' | 'ownerBytes' | 'expect' | 'fetched' | 'reserveCopy'> {
  /** Throws `disk_full` or `quota_exceeded` where not even a beginning fits. Resolves with the space there is. */
  claimAtStart(freeBytes: number): Promise<{ diskBytes: number; ownerBytes: number }>
  expect(size: { fileBytes: number | null; copies: number }, freeBytes: number): Promise<void>
  fetched(folderBytes: number): Promise<void>
  reserveCopy(copy: CopyRequest, freeBytes: number): Promise<CopyReservation>
  /** So much of the disk the job's folder takes now. */
  took(bytes: number): void
  /** Keeps the claims from lapsing, at what they are by now. */
  renew(): Promise<void>
  /** What was promised and is not taken yet. */
  outstandingBytes(): number
  /** What others on the same disk have been promised and not taken, when it was last asked. */
  othersBytes(): number
  /** How much more it has taken than anybody knew it would. What is fetched grows no more. */
  excessBytes(): number
  /** Ends the copy where one is made, and the download otherwise. */
  stopWith(code: 'disk_full' | 'quota_exceeded'): void
  /** It has been stopped, and its space is not back yet. */
  isStopping(): boolean
  isCopying(): boolean
  /** It is fetched, or copied. */
  grows(): boolean
}

/** A reservation that has claimed nothing yet: `claimAtStart` comes first. */
export function reservationOf({ jobId, owner, claims, disk, ownerLimitBytes }: ReservationParts): WatchedReservation {
  const stop = new AbortController()
  let copying: AbortController | null = null
  let isFetched = false
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
  const stopWith: WatchedReservation['stopWith'] = (code) => (copying ?? stop).abort(new JobFailure(code))

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

  /** What the owner may keep of this download. Rejects with `quota_exceeded` where what it has already does not fit. */
  async function ownerBytesLeft(): Promise<number> {
    const ownerOthersBytes = await claimOwner()
    if (ownerOthersBytes === null) throw new JobFailure('quota_exceeded')
    return ownerLimitBytes === 0 ? Number.POSITIVE_INFINITY : ownerLimitBytes - ownerOthersBytes
  }

  return {
    signal: stop.signal,
    stopWith,
    isStopping: () => stop.signal.aborted || copying?.signal.aborted === true,
    isCopying: () => copying !== null,
    grows: () => !isFetched || copying !== null,
    outstandingBytes,
    othersBytes: () => othersBytes,
    excessBytes: () => (isFetched && copying === null ? 0 : takenBytes - (promisedBytes ?? 0)),
    took: (bytes) => {
      // A merge gives half of it back at its end, and does not need it again.
      takenBytes = isFetched ? bytes : Math.max(takenBytes, bytes)
    },
    async claimAtStart(freeBytes) {
      if (!(await claimDisk(freeBytes))) throw new JobFailure('disk_full')
      const ownerBytes = await ownerBytesLeft()
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
    async fetched(folderBytes) {
      isFetched = true
      takenBytes = folderBytes
      promisedBytes = folderBytes
      await claimDisk(null)
    },
    async reserveCopy({ expectedBytes, otherBytes }, freeBytes) {
      const [promisedBefore, fileBytesBefore] = [promisedBytes ?? takenBytes, fileBytes]
      const stopCopy = new AbortController()
      const drop = () => {
        copying = null
        promisedBytes = promisedBefore
        fileBytes = fileBytesBefore
      }
      copying = stopCopy
      promisedBytes = promisedBefore + expectedBytes
      try {
        if (!(await claimDisk(freeBytes))) throw new JobFailure('disk_full')
        const ownerBytes = await ownerBytesLeft()
        const bytesMax = Math.min(freeBytes - othersBytes, ownerBytes - otherBytes)
        if (bytesMax <= 0) throw new JobFailure('quota_exceeded')
        return {
          signal: stopCopy.signal,
          bytesMax,
          drop,
          async keep(sizeBytes) {
            fileBytes = sizeBytes + otherBytes
            promisedBytes = promisedBefore + sizeBytes
            if ((await claimOwner()) === null) throw new JobFailure('quota_exceeded')
            copying = null
          },
        }
      } catch (error) {
        drop()
        throw error
      }
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
