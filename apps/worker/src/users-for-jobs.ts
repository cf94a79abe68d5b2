/** A user of its own for each job, where this worker may have that; where it may not, the log says so once and loudly. */
import { chmod, mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { SANDBOX_MODULES } from '@video-scraper/sandbox'
import { type JobUsers, openJobUsers } from '@video-scraper/ytdlp'

interface UsersOptions {
  readonly dataDir: string
  readonly python: string
  /** `JOB_USERS_FROM`. */
  readonly from: number
  readonly logger: { warn(fields: object, message: string): void }
}

/** What jobs have to go through. The folders in them say themselves who may look into them. */
const onTheWay = (dataDir: string): string[] => [dataDir, join(dataDir, 'work'), join(dataDir, 'ffmpeg')]

/** Null: jobs share the user of the worker. */
export async function usersForJobs({ dataDir, python, from, logger }: UsersOptions): Promise<JobUsers | null> {
  const users = await openJobUsers({
    python,
    from,
    lockFolder: join(dataDir, 'job-users'),
    modules: SANDBOX_MODULES,
    reach: onTheWay(dataDir),
  })
  if (typeof users === 'string') {
    logger.warn(
      { reason: users },
      'Jobs share the user of the worker: what keeps them apart are Landlock and the filter of system calls alone. ' +
        'docs/security.md says how a worker gets a user for each job.',
    )
    return null
  }
  await Promise.all(onTheWay(dataDir).map(openWay))
  return users
}

/** Others may go through, but see nothing. Only what is our own is changed; what then cannot be reached is found out at the start. */
async function openWay(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o711 })
  const { uid, mode } = await stat(folder)
  if (uid === process.getuid?.() && (mode & 0o001) === 0) await chmod(folder, (mode & 0o7777) | 0o001)
}
