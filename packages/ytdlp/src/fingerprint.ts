/** Names everything that makes an extraction what it is, so that none is used where another would be made now. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { VideoInfo } from '@video-scraper/contracts'
import { argumentsOf } from './argv.ts'
import { commonRequestsForRunner } from './common-requests.ts'
import type { EngineParts } from './engine-options.ts'

const RUNNER = fileURLToPath(new URL('../python', import.meta.url))

/** Ours is read once; yt-dlp's version and the operator's arguments are looked at each time, since they may change while the worker runs. */
export function fingerprinter({ home, denoPath, extractorArguments, tokenAddress }: EngineParts): () => string {
  const fixed = createHash('sha256')
  // Where things lie differs from machine to machine and changes nothing.
  const places = { folder: '/', proxyUrl: 'proxy', ffmpegLocation: '/', denoPath: denoPath && 'deno', options: {} }
  fixed.update(JSON.stringify([argumentsOf({ mode: 'info', ...places }), VideoInfo, commonRequestsForRunner]))
  for (const name of readdirSync(RUNNER).toSorted()) {
    if (name.endsWith('.py')) fixed.update(`${name}\n`).update(readFileSync(join(RUNNER, name)))
  }
  const changing = (): string => JSON.stringify([versionOf(home), extractorArguments(), tokenAddress])
  return () => fixed.copy().update(changing()).digest('hex')
}

function versionOf(home: string): string {
  try {
    return readFileSync(join(home, 'yt_dlp', 'version.py'), 'utf8')
  } catch {
    return 'none'
  }
}
