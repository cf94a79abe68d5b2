/** A program: `npm run sandbox -- --probe`, or `node apps/worker/dist/probe-sandbox.js` in a container. Exit code 1: a gap. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readEnvironment } from '@video-scraper/boot'
import { installFfmpegShim, jobFilterIn, SANDBOX_MODULES, systemCallNumbers } from '@video-scraper/sandbox'
import { createEngine, type ProbeReport } from '@video-scraper/ytdlp'
import { Type } from 'typebox'
import { WorkerSettings } from './config.ts'
import { gapsIn } from './log-sandbox.ts'
import { probeTable } from './probe-table.ts'
import { usersForJobs } from './users-for-jobs.ts'

const { PYTHON, YTDLP_HOME, FFMPEG, FFPROBE, JOB_USERS_FROM } = WorkerSettings.properties

/** Needs neither Redis nor a free port, so it may run beside a stack. */
async function report(): Promise<ProbeReport> {
  const settings = readEnvironment(Type.Object({ PYTHON, YTDLP_HOME, FFMPEG, FFPROBE, JOB_USERS_FROM }), process.env)
  const root = await mkdtemp(join(tmpdir(), 'video-scraper-probe-'))
  try {
    const { PYTHON: python, YTDLP_HOME: home, FFMPEG: ffmpeg, FFPROBE: ffprobe } = settings
    const ffmpegLocation = await installFfmpegShim({ directory: join(root, 'shim'), python, ffmpeg, ffprobe })
    const users = await usersForJobs({ dataDir: root, python, from: settings.JOB_USERS_FROM, logger: toStandardError })
    const engine = createEngine({
      ...(users && { users }),
      logger: toStandardError,
      python,
      home,
      ffmpegLocation,
      maxFileBytes: 0,
      stallSeconds: 0,
      workerId: 'probe',
      sandbox: {
        landlock: SANDBOX_MODULES,
        filter: jobFilterIn(ffmpegLocation),
        required: false,
        programs: [ffmpeg, ffprobe],
      },
    })
    const folder = join(root, 'outside')
    await mkdir(folder)
    // Finds out whether yt-dlp is within reach of a job's user.
    await engine.describe()
    return await engine.probe({ folder, numbers: systemCallNumbers() })
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

/** What a worker would write to its log. */
const toStandardError = {
  debug: () => undefined,
  warn(fields: object, message: string) {
    const { reason, err } = fields as { reason?: string; err?: unknown }
    process.stderr.write(`${message} ${reason ?? (err instanceof Error ? err.message : '')}\n\n`)
  },
}

async function main(): Promise<number> {
  const probed = await report()
  process.stdout.write(probeTable(probed))
  process.stdout.write(
    `\n${probed.sandbox.ownUser ? 'Each job has a user of its own here.' : 'Jobs share the user of the worker here.'}\n`,
  )
  for (const gap of gapsIn(probed.sandbox)) process.stdout.write(`${gap}\n`)
  return probed.attempts.every(({ refused }) => refused) ? 0 : 1
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  },
)
