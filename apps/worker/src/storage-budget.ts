/** The disk and each owner's share of it as a budget: room is promised before a download starts, and watched while it runs. */
import type { ByteClaims } from '@video-scraper/store'
import { folderBytes } from './folder-bytes.ts'
import { type RoomSubject, roomOf, type StorageRoom, type WatchedRoom } from './storage-room.ts'

const WATCH_EVERY_MS = 1000

interface BudgetRooms {
  claims: ByteClaims
  /** The same for all workers that share the disk. */
  disk: string
  /** What is free on the disk of the work folders, and of the library where that is another one. */
  freeBytes(): Promise<number>
  /** What an owner may keep; 0 for no limit. */
  ownerLimitBytes(owner: string): Promise<number>
  /** Hears when the disk could not be looked at; the next look comes in a second. */
  onTrouble(error: unknown): void
}

export interface StorageBudget {
  /** Rejects with `disk_full` or `quota_exceeded` where not even a beginning fits. Whoever gets a room releases it. */
  admit(subject: RoomSubject): Promise<StorageRoom>
  /** Whether not a byte more can be written, whatever the reserve: then an odd failure has its explanation. */
  isDiskFull(): Promise<boolean>
  /** Ends the watch; rooms that are still held are watched no longer. */
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
export function createStorageBudget(rooms: BudgetRooms, { reserveBytes }: { reserveBytes: number }): StorageBudget {
  const { claims, disk, onTrouble } = rooms
  const held = new Map<WatchedRoom, string>()
  const roomLeft = async () => Math.max(0, (await rooms.freeBytes()) - reserveBytes)
  let watching = false

  async function watch(): Promise<void> {
    if (watching || held.size === 0) return
    watching = true
    try {
      for (const [room, folder] of held) room.took(await folderBytes(folder))
      // Redis may be away for a while, and the disk must be watched all the same.
      for (const room of held.keys()) void room.renew().catch(onTrouble)
      stopWhatDoesNotFit([...held.keys()], (await rooms.freeBytes()) - reserveBytes)
    } catch (error) {
      onTrouble(error)
    } finally {
      watching = false
    }
  }
  const timer = setInterval(() => void watch(), WATCH_EVERY_MS)

  return {
    async admit(subject) {
      const room = roomOf({ ...subject, claims, disk, ownerLimitBytes: await rooms.ownerLimitBytes(subject.owner) })
      room.took(await folderBytes(subject.folder))
      try {
        const limits = await room.claimAtStart(await roomLeft())
        held.set(room, subject.folder)
        return {
          ...limits,
          signal: room.signal,
          expect: (size) =>
            void roomLeft()
              .then((free) => room.expect(size, free))
              .catch(onTrouble),
          grew: room.grew,
          settle: room.settle,
          release: async () => {
            held.delete(room)
            // Whatever is asked of Redis later comes after it on the connection; and while Redis is away, nobody waits.
            void room.release().catch(onTrouble)
          },
        }
      } catch (error) {
        await room.release().catch(onTrouble)
        throw error
      }
    },
    isDiskFull: async () => (await rooms.freeBytes()) < FULL_BELOW_BYTES,
    close: () => clearInterval(timer),
  }
}

/**
 * Whoever took more than was known beforehand makes way for what was promised to others; where nobody did, and something
 * else eats the reserve, it is the download that came last. One at a time, since its room comes back when it is gone.
 */
function stopWhatDoesNotFit(rooms: readonly WatchedRoom[], leftBytes: number): void {
  if (rooms.some(({ signal }) => signal.aborted)) return
  const [first] = rooms
  if (first === undefined) return
  const promisedBytes = first.othersBytes() + first.outstandingBytes()
  if (promisedBytes <= leftBytes) return
  const [greediest] = rooms.toSorted((a, b) => b.excessBytes() - a.excessBytes())
  if (greediest && greediest.excessBytes() > 0) greediest.stopWith('disk_full')
  else if (leftBytes < 0) rooms.at(-1)?.stopWith('disk_full')
}
