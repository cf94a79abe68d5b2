/** Has a player prepared: in the sandbox of a job, by a process that is given its source and can reach nothing else. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Stop } from '@video-scraper/core'
import type { EngineParts } from '../engine-options.ts'
import { environmentOf } from '../environment.ts'
import { parseEvent } from '../events.ts'
import { runYtdlp } from '../run.ts'
import { sandboxSettings } from '../sandbox-settings.ts'
import { NO_ADDRESS } from '../spawn-python.ts'
import { playerAt } from './player-at.ts'
import { openFolder, PREPARING } from './player-files.ts'

const WRITTEN_BYTES_MAX = 32 * 2 ** 20
const TIMEOUT_MS = 60_000

/**
 * `beside`: where a folder is made for it, which the users of jobs can go through. Rejects where the source has no solver
 * that yt-dlp-ejs finds, or what was made of it does not solve the same.
 */
export async function preparePlayer(
  engine: EngineParts,
  { source, beside, signal }: { source: Buffer; beside: string; signal: AbortSignal },
): Promise<Buffer> {
  await openFolder(beside)
  const folder = await mkdtemp(join(beside, PREPARING))
  try {
    await prepareIn(folder, engine, { source, signal })
    // Only now is the folder the worker's again, and nothing runs that could change what is read.
    return await playerAt(join(folder, 'prepared'))
  } finally {
    // What cannot be removed does not decide the result. It is tried again when the next player is filed.
    await rm(folder, { recursive: true, force: true }).catch(() => undefined)
  }
}

async function prepareIn(
  folder: string,
  engine: EngineParts,
  { source, signal }: { source: Buffer; signal: AbortSignal },
): Promise<void> {
  const user = engine.users?.take() ?? null
  try {
    await mkdir(join(folder, 'tmp'), { mode: 0o700 })
    await writeFile(join(folder, 'source'), source, { flag: 'wx', mode: 0o600 })
    await user?.own(folder)
    await run(engine, { folder, signal, ...(user && { user: user.settings }) })
  } finally {
    await user?.release(folder)
  }
}

async function run(
  engine: EngineParts,
  { folder, signal, ...user }: { folder: string; signal: AbortSignal; user?: object },
): Promise<void> {
  const overdone = new AbortController()
  const { python, home, workerId, denoPath, ffmpegLocation, limits } = engine
  const memoryBytes = limits?.info.memoryBytes ?? 0
  let complaint = ''
  const { exitCode, diagnostics } = await runYtdlp({
    python,
    settings: {
      mode: 'prepare',
      folder,
      home,
      workerId,
      deno: denoPath,
      maxWrittenBytes: WRITTEN_BYTES_MAX,
      memoryBytes,
      ...sandboxSettings(engine, []),
      ...user,
    },
    argv: [],
    // The library wants an address; the runner does not read it in this mode.
    url: NO_ADDRESS,
    cwd: folder,
    env: environmentOf(folder, ffmpegLocation),
    signal: AbortSignal.any([signal, overdone.signal, AbortSignal.timeout(TIMEOUT_MS)]),
    onLine(line) {
      const event = parseEvent(line)
      if (event?.event === 'error') complaint = event.message
    },
    onStart: (leader) =>
      engine.consumption.watch(leader, { cpuSeconds: 0, memoryBytes }, (overrun) => overdone.abort(new Stop(overrun))),
  })
  if (exitCode !== 0) throw new Error(`The player was not prepared: ${complaint || diagnostics}`)
}
