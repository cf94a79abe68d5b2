/** Tries what jobs need of yt-dlp, in the sandbox of a job, without asking anybody. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { argumentsOf } from './argv.ts'
import type { EngineParts } from './engine-options.ts'
import type { CheckedPart } from './event-parts.ts'
import { question } from './question.ts'

/** Nobody listens on the discard port, and nobody is asked. */
const NO_PROXY = 'http://127.0.0.1:9'

export interface SelfCheck {
  readonly parts: readonly CheckedPart[]
  /** By name: `ytdlp`, `curl_cffi`, `ejs`, `deno`. Null: it is not installed. */
  readonly versions: Readonly<Record<string, string | null>>
}

/** `folder`: an empty one, private to this user. Rejects where yt-dlp does not start at all. */
export async function selfCheck(engine: EngineParts, folder: string): Promise<SelfCheck> {
  const { ffmpegLocation, denoPath, tokenAddress } = engine
  await mkdir(join(folder, 'tmp'), { recursive: true, mode: 0o700 })
  const argv = argumentsOf({ mode: 'info', folder, proxyUrl: NO_PROXY, ffmpegLocation, denoPath, options: {} })
  const { check } = await question(engine, {
    mode: 'check',
    folder,
    deno: denoPath,
    argv,
    ...(tokenAddress !== undefined && { tokenAddress }),
  })
  if (check === null) throw new Error('yt-dlp said nothing of what was checked.')
  return { parts: check.parts, versions: check.versions }
}
