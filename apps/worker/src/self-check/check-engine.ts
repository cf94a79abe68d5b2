/** Whether this yt-dlp does what jobs need: its parts are tried, and a page and a playlist of our own are read by real jobs. */
import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createTargetPolicy, startEgressProxy } from '@video-scraper/egress'
import type { Engine } from '@video-scraper/ytdlp'
import { normalVersion } from '../updates/ytdlp-version.ts'
import { startTinySite } from './tiny-site.ts'

const TIMEOUT_MS = 60_000
const DAY_MS = 86_400_000

export interface EngineCheck {
  readonly checkedAt: string
  /** By name, also `ffmpeg`; null: it is not installed, or does not tell. */
  readonly versions: Readonly<Record<string, string | null>>
  /** Of yt-dlp, whose version is its date. */
  readonly ageDays: number | null
  /** By name; `problem` is null where it does what it should. For whoever runs this service. */
  readonly parts: readonly { readonly name: string; readonly problem: string | null }[]
}

/** Never rejects: whatever goes wrong is a problem of a part. */
export async function checkEngine(
  engine: Engine,
  ffmpeg: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<EngineCheck> {
  const root = await mkdtemp(join(tmpdir(), 'video-scraper-check-'))
  // Jobs may have users of their own, who pass through it to their folders.
  await chmod(root, 0o711)
  try {
    const { parts, versions } = await engine.selfCheck(root).catch((error: unknown) => ({
      parts: [{ name: 'start', problem: sentenceOf(error) }],
      versions: {} as Record<string, string | null>,
    }))
    const read = await readTinySite(engine, root, signal)
    return {
      checkedAt: new Date().toISOString(),
      versions: { ...versions, ytdlp: inOneSpelling(versions.ytdlp ?? null), ffmpeg: await versionOfFfmpeg(ffmpeg) },
      ageDays: ageOf(versions.ytdlp ?? null, Date.now()),
      parts: [...parts, ...read],
    }
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

/** Through a proxy of its own, which lets jobs reach this one site. */
async function readTinySite(engine: Engine, root: string, stop: AbortSignal): Promise<EngineCheck['parts']> {
  const site = await startTinySite()
  const proxy = await startEgressProxy({ policy: createTargetPolicy({ allow: [site.host] }) })
  const problemOf = async (path: string): Promise<string | null> => {
    const folder = join(root, path)
    await mkdir(folder, { mode: 0o700 })
    const signal = AbortSignal.any([stop, AbortSignal.timeout(TIMEOUT_MS)])
    const job = { jobId: `check-${path}`, folder, signal, onProgress: () => undefined }
    try {
      const egress = proxy.admit(job.jobId)
      const { formats } = await engine.extractInfo({ url: `http://${site.host}/${path}` }, { ...job, egress })
      return formats.length > 0 ? null : 'No format was found.'
    } catch (error) {
      return sentenceOf(error)
    }
  }
  try {
    return [
      { name: 'page', problem: await problemOf('page') },
      { name: 'playlist', problem: await problemOf('playlist.m3u8') },
    ]
  } finally {
    await proxy.close()
    await site.stop()
  }
}

async function versionOfFfmpeg(ffmpeg: string): Promise<string | null> {
  const { stdout } = await promisify(execFile)(ffmpeg, ['-version'], { timeout: TIMEOUT_MS }).catch(() => ({
    stdout: '',
  }))
  return /^ffmpeg version (\S{1,50})/.exec(stdout)?.[1] ?? null
}

/** As updates spell it, where it is a version of yt-dlp at all: its packages of nightly versions spell it otherwise. */
export const inOneSpelling = (version: string | null): string | null => version && (normalVersion(version) ?? version)

/** Whole days since the date that the version of yt-dlp is. */
export function ageOf(version: string | null, nowMs: number): number | null {
  const [, year, month, day] = /^(\d{4})\.(\d{1,2})\.(\d{1,2})/.exec(version ?? '') ?? []
  return year === undefined
    ? null
    : Math.floor((nowMs - Date.UTC(Number(year), Number(month) - 1, Number(day))) / DAY_MS)
}

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 500)
