/** A program: `npm run ytdlp -- check`, or `node apps/worker/dist/check-ytdlp.js` in a container. Exit code 1: a problem. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readEnvironment } from '@video-scraper/boot'
import { Type } from 'typebox'
import { WorkerSettings } from './config.ts'
import { checkEngine, type EngineCheck } from './self-check/check-engine.ts'
import { engineForChecks } from './self-check/engine-for-checks.ts'

const { PYTHON, YTDLP_HOME, FFMPEG, FFPROBE, SANDBOX, POT_PROVIDER_URL } = WorkerSettings.properties

/** Needs neither Redis nor a free port that is known, so it may run beside a stack. */
async function check(): Promise<EngineCheck> {
  const form = Type.Object({ PYTHON, YTDLP_HOME, FFMPEG, FFPROBE, SANDBOX, POT_PROVIDER_URL })
  const settings = readEnvironment(form, process.env)
  const root = await mkdtemp(join(tmpdir(), 'video-scraper-check-'))
  try {
    const engine = await engineForChecks(settings, settings.YTDLP_HOME, root)
    return await checkEngine(engine, settings.FFMPEG)
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
