/** Where the files of jobs are while they are made and when they are finished, and how many bytes they may take. */
import { join } from 'node:path'
import { keyFor, type Logger, type SecretKeys } from '@video-scraper/boot'
import { openLibrary } from '@video-scraper/library'
import { createByteClaims, createFileIndex, createKeyStore } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import type { WorkerSettings } from './config.ts'
import { diskIdOf } from './disk-id.ts'
import type { Network } from './open-network.ts'
import { createStorageBudget } from './storage-budget.ts'
import { openWorkFolders } from './work-folders.ts'

interface Surroundings {
  settings: WorkerSettings
  redis: Redis
  secretKeys: SecretKeys
  network: Network
  logger: Logger
}

export async function openStorage({ settings, redis, secretKeys, network, logger }: Surroundings) {
  const folders = await openWorkFolders(join(settings.DATA_DIR, 'work'))
  const library = await openLibrary({
    directory: join(settings.DATA_DIR, 'library'),
    settings,
    links: false,
    noteKeys: secretKeys.map((key) => keyFor('notes of finished downloads', key)),
    certificateAuthorities: network.certificateAuthorities,
  })
  const freeBytes = async () => Math.min(await folders.freeBytes(), await library.freeBytes())
  const apiKeys = createKeyStore(redis)
  const budget = createStorageBudget(
    {
      claims: createByteClaims(redis),
      disk: await diskIdOf(settings.DATA_DIR),
      freeBytes,
      // An owner is a key, which may have a limit of its own.
      ownerLimitBytes: async (owner) => (await apiKeys.find(owner))?.limits.storageBytes ?? settings.OWNER_MAX_BYTES,
      onError: (error) => logger.warn({ err: error }, 'the disk could not be looked after; tried again in a second'),
    },
    { reserveBytes: settings.DISK_RESERVE_BYTES },
  )
  return { folders, library, files: createFileIndex(redis), budget, freeBytes }
}
