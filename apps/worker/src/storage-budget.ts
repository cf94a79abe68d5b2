/** The disk and each owner's share of it as a budget: space is reserved before a download starts, and watched while it runs. */
import type { ByteClaims } from '@video-scraper/store'
import type { DiskReservation, ReservationSubject } from './disk-reservation.ts'
import { countFinished, type FinishedFile } from './finished-file.ts'
import { folderBytes } from './folder-bytes.ts'
import { reservationOf, type WatchedReservation } from './watched-reservation.ts'

const WATCH_EVERY_MS = 1000

interface BudgetDependencies {
  claims: ByteClaims
  /** The same for all workers that share the disk. */
  disk: string
  /** What is free on the disk of the work folders, and of the library where that is another one. */
  freeBytes(): Promise<number>
  /** What an owner may keep; 0 for no limit. */
  ownerLimitBytes(owner: string): Promise<number>
  /** Hears when the disk could not be looked at; the next look comes in a second. */
  onError(error: unknown): void
}

export interface StorageBudget {
  /** Rejects with `disk_full` or `quota_exceeded` where not even a beginning fits. Whoever gets a reservation releases it. */
  admit(subject: ReservationSubject): Promise<DiskReservation>
  /** Counts a finished file for its owner until what it resolves with is called. Rejects with `quota_exceeded`; the disk is not asked. */
  countFinished(file: FinishedFile): Promise<() => void>
  /** Whether not a byte more can be written, whatever the reserve: then an odd failure has its explanation. */
  isDiskFull(): Promise<boolean>
  /** Ends the watch; reservations that are still held are watched no longer. */
  close(): void
}

/** Less than a file system's block group; a disk on which writing fails has about this left, or nothing. */
const FULL_BELOW_BYTES = 256 * 1024

/**
 * `reserveBytes` of the disk stay free: neither promised nor taken; 0 to use it to the last byte.
 *
 * Several downloads never count the same free space: each claims what it will still take, in Redis, where one step
 * compares the claims of all workers that share the disk with what is free. A claim shrinks as the download grows, and
 * lapses a minute after its worker died.
 */
export function createStorageBudget(
  dependencies: BudgetDependencies,
  { reserveBytes }: { reserveBytes: number },
): StorageBudget {
  const { claims, disk, onError } = dependencies
  const held = new Map<WatchedReservation, string>()
  const bytesLeft = async () => Math.max(0, (await dependencies.freeBytes()) - reserveBytes)
  let watching = false

  async function watch(): Promise<void> {
    if (watching || held.size === 0) return
    watching = true
    try {
      for (const [reservation, folder] of held) reservation.took(await folderBytes(folder))
      // Redis may be away for a while, and the disk must be watched all the same.
      for (const reservation of held.keys()) void reservation.renew().catch(onError)
      stopWhatDoesNotFit([...held.keys()], (await dependencies.freeBytes()) - reserveBytes)
    } catch (error) {
      onError(error)
    } finally {
      watching = false
    }
  }
  const timer = setInterval(() => void watch(), WATCH_EVERY_MS)

  return {
    async admit(subject) {
      const reservation = reservationOf({
        ...subject,
        claims,
        disk,
        ownerLimitBytes: await dependencies.ownerLimitBytes(subject.owner),
      })
      reservation.took(await folderBytes(subject.folder))
      try {
        const limits = await reservation.claimAtStart(await bytesLeft())
        held.set(reservation, subject.folder)
        return {
          ...limits,
          signal: reservation.signal,
          expect: (size) =>
            void bytesLeft()
              .then((free) => reservation.expect(size, free))
              .catch(onError),
          grew: reservation.grew,
          // Redis may be away for a while; the next renewal claims the same.
          fetched: async () => reservation.fetched(await folderBytes(subject.folder)).catch(onError),
          reserveCopy: async (copy) => reservation.reserveCopy(copy, await bytesLeft()),
          settle: reservation.settle,
          release: async () => {
            held.delete(reservation)
            // Whatever is asked of Redis later comes after it on the connection; and while Redis is away, nobody waits.
            void reservation.release().catch(onError)
          },
        }
      } catch (error) {
        await reservation.release().catch(onError)
        throw error
      }
    },
    countFinished: async (file) => {
      const ownerLimitBytes = await dependencies.ownerLimitBytes(file.owner)
      return countFinished({ claims, ownerLimitBytes, onError }, file)
    },
    isDiskFull: async () => (await dependencies.freeBytes()) < FULL_BELOW_BYTES,
    close: () => clearInterval(timer),
  }
}

/**
 * Whoever took more than was known beforehand makes way for what was promised to others; where nobody did, and something
 * else eats the reserve, it is a copy that is made of a file that is there, or the download that came last of those that are not
 * fetched: what is fetched grows no more. One at a time, since its space
 * comes back when it is gone.
 */
function stopWhatDoesNotFit(reservations: readonly WatchedReservation[], leftBytes: number): void {
  if (reservations.some((each) => each.isStopping())) return
  const [first] = reservations
  if (first === undefined) return
  const promisedBytes = first.othersBytes() + first.outstandingBytes()
  if (promisedBytes <= leftBytes) return
  const [greediest] = reservations.toSorted((a, b) => b.excessBytes() - a.excessBytes())
  if (greediest && greediest.excessBytes() > 0) greediest.stopWith('disk_full')
  else if (leftBytes < 0)
    (reservations.findLast((each) => each.isCopying()) ?? reservations.findLast((each) => each.grows()))?.stopWith(
      'disk_full',
    )
}
