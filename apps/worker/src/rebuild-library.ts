/** A program: `npm run library:rebuild`, or `node apps/worker/dist/rebuild-library.js` in a container. */
import { join, resolve } from 'node:path'
import { readCertificateAuthorities, readEnvironment, redisAddress } from '@video-scraper/boot'
import { storageSettings } from '@video-scraper/contracts'
import { openLibrary, storageContradictionIn } from '@video-scraper/library'
import { connectRedis, createFileIndex, readStoredBytes } from '@video-scraper/store'
import { Type } from 'typebox'
import { WorkerSettings } from './config.ts'
import { rebuildIndex } from './rebuild-index.ts'

/** Those of the worker's settings that matter here. */
const RebuildSettings = Type.Object({
  ...storageSettings,
  REDIS_URL: WorkerSettings.properties.REDIS_URL,
  REDIS_PASSWORD_FILE: WorkerSettings.properties.REDIS_PASSWORD_FILE,
  DATA_DIR: WorkerSettings.properties.DATA_DIR,
})

async function main(): Promise<void> {
  const settings = readEnvironment(RebuildSettings, process.env)
  const problem = storageContradictionIn(settings)
  if (problem !== null) throw new Error(problem)
  const library = await openLibrary({
    directory: join(resolve(settings.DATA_DIR), 'library'),
    settings,
    links: false,
    certificateAuthorities: await readCertificateAuthorities(settings.EGRESS_CA_FILE),
  })
  const redis = connectRedis(redisAddress(settings), 'worker', (error) => process.stderr.write(`${error.message}\n`))
  try {
    const dependencies = { library, files: createFileIndex(redis), stored: readStoredBytes(redis), now: Date.now }
    const { known, added, expired, dropped, orphans } = await rebuildIndex(dependencies)
    for (const orphan of orphans) process.stdout.write(`Nothing describes ${orphan}; it is left alone.\n`)
    process.stdout.write(
      `${known} files were known, ${added} added, ${expired} expired and removed, ` +
        `${dropped} entries without a file dropped, ${orphans.length} files that nothing describes.\n`,
    )
  } finally {
    redis.disconnect()
  }
}

main().then(
  // A store's connections that are kept for later would hold the process.
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  },
)
