/** What the installed yt-dlp is and knows: its version, and the platforms it supports. */
import { tmpdir } from 'node:os'
import type { SupportLevel } from '@video-scraper/contracts'
import { cageSettings } from './cage-settings.ts'
import type { EngineParts } from './engine-options.ts'
import { environmentOf } from './environment.ts'
import { parseEvent } from './events.ts'
import { runYtdlp } from './run.ts'

export interface Platform {
  readonly name: string
  readonly domain: string
  readonly support_level: SupportLevel
  /** Only where the level is not `full`. */
  readonly reason?: string
}

const TIMEOUT_MS = 60_000

/** Asks the runner. Nothing of the network is touched, and no job folder is needed. */
export async function catalogue(
  engine: EngineParts,
  mode: 'version' | 'platforms',
): Promise<{ version: string; landlock: number; platforms: Platform[] }> {
  let version: string | null = null
  let landlock = 0
  let platforms: Platform[] = []
  let problem = ''
  const { exitCode, diagnostics } = await runYtdlp({
    python: engine.python,
    settings: { mode, home: engine.home, javascript: engine.denoPath !== null, ...cageSettings(engine, []) },
    argv: [],
    // The library wants an address; the runner does not read it in these modes.
    url: 'about:blank',
    cwd: tmpdir(),
    env: environmentOf(tmpdir(), engine.ffmpegLocation),
    signal: AbortSignal.timeout(TIMEOUT_MS),
    onLine(line) {
      const event = parseEvent(line)
      if (event?.event === 'started') ({ version, landlock } = event)
      if (event?.event === 'error') problem = event.message
      if (event?.event === 'platforms') platforms = event.platforms as Platform[]
    },
  })
  if (exitCode !== 0 || version === null) throw new Error(`yt-dlp does not start: ${problem || diagnostics}`)
  return { version, landlock, platforms }
}
