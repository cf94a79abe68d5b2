/** A program: `npm run ytdlp -- check`, or `node apps/worker/dist/check-ytdlp.js` in a container. Exit code 1: a problem. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readEnvironment } from '@video-scraper/boot'
import { installFfmpegShim, jobFilterIn, LANDLOCK_FOLDER } from '@video-scraper/egress'
import { createEngine } from '@video-scraper/ytdlp'
import { Type } from 'typebox'
import { WorkerSettings } from './config.ts'
import { checkEngine, type EngineCheck } from './self-check/check-engine.ts'

const { PYTHON, YTDLP_HOME, FFMPEG, FFPROBE, SANDBOX } = WorkerSettings.properties

/** Needs neither Redis nor a free port that is known, so it may run beside a stack. */
async function check(): Promise<EngineCheck> {
  const settings = readEnvironment(Type.Object({ PYTHON, YTDLP_HOME, FFMPEG, FFPROBE, SANDBOX }), process.env)
  const root = await mkdtemp(join(tmpdir(), 'video-scraper-check-'))
  try {
    const { PYTHON: python, YTDLP_HOME: home, FFMPEG: ffmpeg, FFPROBE: ffprobe } = settings
    const ffmpegLocation = await installFfmpegShim({ directory: join(root, 'shim'), python, ffmpeg, ffprobe })
    const engine = createEngine({
      python,
      home,
      ffmpegLocation,
      maxFileBytes: 0,
      stallSeconds: 0,
      workerId: 'check',
      cage: {
        landlock: LANDLOCK_FOLDER,
        filter: jobFilterIn(ffmpegLocation),
        required: settings.SANDBOX === 'required',
        programs: [ffmpeg, ffprobe],
      },
    })
    return await checkEngine(engine, ffmpeg)
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

async function main(): Promise<number> {
  const { parts, versions, ageDays } = await check()
  for (const [name, version] of Object.entries(versions)) {
    const age = name === 'ytdlp' && ageDays !== null ? `, ${ageDays} days old` : ''
    process.stdout.write(`        ${name.padEnd(18)}${version ?? 'not installed'}${age}\n`)
  }
  for (const { name, problem } of parts) {
    process.stdout.write(`${problem === null ? 'ok      ' : 'PROBLEM '}${name.padEnd(18)}${problem ?? ''}\n`)
  }
  return parts.every(({ problem }) => problem === null) ? 0 : 1
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  },
)
