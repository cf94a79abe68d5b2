/** Makes a version of yt-dlp ready for jobs: started in the same sandbox as the one that serves, checked, and warm. */
import { isDeepStrictEqual } from 'node:util'
import type { Engine, SandboxInForce } from '@video-scraper/ytdlp'
import { checkEngine } from '../self-check/check-engine.ts'
import type { EngineVersion } from './versioned-engine.ts'

/** The version does not do what jobs need. The message says what, for the operator. */
export class SelfCheckFailed extends Error {
  override readonly name = 'SelfCheckFailed'
}

interface ReadyOptions {
  /** An engine that nobody uses yet. It is closed where this rejects. */
  readonly engine: Engine
  readonly ffmpeg: string
  /** What holds the jobs of the version that serves. Null: there is none to compare with. */
  readonly sandbox: SandboxInForce | null
  readonly signal: AbortSignal
  /** It was checked before, so that it starts is enough. */
  readonly isChecked: boolean
}

/** Rejects with `SelfCheckFailed`, or with the reason of `signal`. */
export async function readyVersion({
  engine,
  ffmpeg,
  sandbox,
  signal,
  isChecked,
}: ReadyOptions): Promise<EngineVersion> {
  try {
    const described = await engine.describe().catch((error: unknown) => {
      throw new SelfCheckFailed(error instanceof Error ? error.message.slice(0, 500) : 'It does not start.')
    })
    // A version that starts with less around it than the others must not get jobs.
    if (sandbox !== null && !isDeepStrictEqual(described.sandbox, sandbox))
      throw new SelfCheckFailed('It does not start in the sandbox of the version that serves.')
    if (!isChecked) await refuseUnlessWhole(engine, ffmpeg, signal)
    signal.throwIfAborted()
    const isWarm = await engine.warmUp()
    signal.throwIfAborted()
    // All its jobs would start cold, which nobody would notice.
    if (!isChecked && !isWarm && engine.warmth() !== null)
      throw new SelfCheckFailed('The process that keeps it ready does not start.')
    return { version: described.version, engine }
  } catch (error) {
    await engine.close()
    throw error
  }
}

async function refuseUnlessWhole(engine: Engine, ffmpeg: string, signal: AbortSignal): Promise<void> {
  const { parts } = await checkEngine(engine, ffmpeg, signal)
  signal.throwIfAborted()
  const problems = parts.filter(({ problem }) => problem !== null).map(({ name, problem }) => `${name}: ${problem}`)
  if (problems.length > 0) throw new SelfCheckFailed(problems.join('; ').slice(0, 1000))
}
