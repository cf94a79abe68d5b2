/** What the installed yt-dlp is and knows: its version, and the platforms it supports. */
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SupportLevel } from '@video-scraper/contracts'
import type { EngineParts } from './engine-options.ts'
import { environmentOf } from './environment.ts'
import type { SandboxInForce } from './event-parts.ts'
import { parseEvent, type YtdlpEvent } from './events.ts'
import { runYtdlp } from './run.ts'
import { sandboxSettings } from './sandbox-settings.ts'
import { NO_ADDRESS } from './spawn-python.ts'

export interface Platform {
  readonly name: string
  readonly domain: string
  readonly support_level: SupportLevel
  /** Only where the level is not `full`. */
  readonly reason?: string
}

const TIMEOUT_MS = 60_000

export interface EngineAnswer {
  readonly version: string
  readonly sandbox: SandboxInForce
  readonly platforms: readonly Platform[]
  readonly attempts: readonly unknown[]
  readonly check: Extract<YtdlpEvent, { event: 'check' }> | null
}

/** `probe`: what `python/probe.py` is to try. `folder`: an empty one, where a check may write. */
export type Question =
  | { mode: 'check'; folder: string; deno: string | null; argv: readonly string[]; tokenAddress?: string }
  | { mode: 'version' }
  | { mode: 'platforms' }
  | { mode: 'probe'; probe: object; ports: number[] }

/** Asks the runner. Nothing of the network is touched but by a probe, and no job folder is needed. */
export async function question(engine: EngineParts, question: Question): Promise<EngineAnswer> {
  let version: string | null = null
  let sandbox: SandboxInForce = { landlock: 0, systemCalls: false, capabilities: false, ownUser: false }
  let platforms: readonly Platform[] = []
  let attempts: readonly unknown[] = []
  let check: EngineAnswer['check'] = null
  let complaint = ''
  const {
    ports = [],
    argv = [],
    ...asked
  } = question as { mode: string; folder?: string; ports?: number[]; argv?: readonly string[] }
  const cwd = asked.folder ?? tmpdir()
  // The check writes into its folder, which is the worker's.
  const user = asked.folder === undefined ? (engine.users?.take() ?? null) : null
  const { exitCode, diagnostics } = await runYtdlp({
    python: engine.python,
    settings: {
      ...asked,
      home: engine.home,
      workerId: engine.workerId,
      javascript: engine.denoPath !== null,
      ...sandboxSettings(engine, ports),
      ...(user && { user: { ...user.settings, reach: reachOf(engine) } }),
    },
    argv,
    // The library wants an address; the runner does not read it in these modes.
    url: NO_ADDRESS,
    cwd,
    env: environmentOf(cwd, engine.ffmpegLocation),
    signal: AbortSignal.timeout(TIMEOUT_MS),
    onLine(line) {
      const event = parseEvent(line)
      if (event?.event === 'started') {
        const { version: reported, landlock, systemCalls, capabilities, ownUser } = event
        version = reported
        sandbox = { landlock, systemCalls, capabilities, ownUser }
      }
      if (event?.event === 'platforms') platforms = event.platforms as Platform[]
      if (event?.event === 'probe') attempts = event.attempts
      if (event?.event === 'check') check = event
      if (event?.event === 'error') complaint = event.message
    },
  }).finally(() => user?.release(null))
  if (exitCode !== 0 || version === null) throw new Error(`yt-dlp does not start: ${complaint || diagnostics}`)
  return { version, sandbox, platforms, attempts, check }
}

/** What every job needs of this machine. It is looked for before any job runs, as each of them would fail without. */
const reachOf = ({ users, home, ffmpegLocation, authorityFile }: EngineParts): string[] => [
  home,
  join(ffmpegLocation, 'ffmpeg'),
  ...(users?.reach ?? []),
  ...(authorityFile === undefined ? [] : [authorityFile]),
]
