/** For tests of the storage budget: a real Redis, folders of jobs, and a disk that is as full as the test says. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect } from '@jest/globals'
import { connectRedis, createByteClaims } from '@video-scraper/store'
import {
  type DisposableRedis,
  eventually,
  startRedis,
  type TemporaryFolder,
  temporaryFolder,
} from '@video-scraper/testkit'
import type { DiskReservation } from '../src/disk-reservation.ts'
import { createStorageBudget, type StorageBudget } from '../src/storage-budget.ts'

export const MIB = 1024 * 1024

/** Everything is new for each test. `space` is what the tests change. */
export function useStorageBudget() {
  const space = { freeBytes: 0, ownerLimitBytes: 0 }
  let server: DisposableRedis
  let root: TemporaryFolder
  let redis: ReturnType<typeof connectRedis>
  let budgets: StorageBudget[]

  beforeEach(async () => {
    server = await startRedis()
    root = await temporaryFolder()
    redis = connectRedis(server.url, 'worker', () => undefined)
    budgets = []
    Object.assign(space, { freeBytes: 100 * MIB, ownerLimitBytes: 0 })
  })
  afterEach(async () => {
    for (const budget of budgets) budget.close()
    redis.disconnect()
    await server.stop()
    await root.remove()
  })

  return {
    space,
    redis: () => redis,
    root: () => root.path,
    folderOf: (jobId: string) => join(root.path, jobId),
    budgetWith(reserveBytes = 0, disk = 'one'): StorageBudget {
      const budget = createStorageBudget(
        {
          claims: createByteClaims(redis),
          disk,
          freeBytes: async () => space.freeBytes,
          ownerLimitBytes: async () => space.ownerLimitBytes,
          onError: () => undefined,
        },
        { reserveBytes },
      )
      budgets.push(budget)
      return budget
    },
    async admit(budget: StorageBudget, jobId: string, owner = 'anna'): Promise<DiskReservation> {
      const folder = join(root.path, jobId)
      await mkdir(folder, { recursive: true })
      return budget.admit({ jobId, owner, folder })
    },
    stoppedWith: (stopped: { readonly signal: AbortSignal }, code: string) =>
      eventually(() => expect(stopped.signal.reason).toMatchObject({ code }), { timeoutMs: 15_000 }),
    /** Resolves when the budget has looked at least once more, which `renewal` shows in Redis. */
    async watched(jobId: string): Promise<void> {
      await redis.hset('{video-scraper}:claims:disk:one', jobId, '1 1')
      await eventually(async () => (await redis.hget('{video-scraper}:claims:disk:one', jobId)) !== '1 1', {
        timeoutMs: 15_000,
      })
    },
  }
}
