/** Where the real tools are: what `npm run setup` wrote down. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const KEYS = ['python', 'ytdlp', 'ytdlpVersion', 'ffmpeg', 'ffprobe', 'redisServer'] as const

/** Absolute paths, but for `ytdlpVersion`. `ytdlp` is the folder to put on Python's sys.path. */
export type Runtime = Readonly<Record<(typeof KEYS)[number], string>> & {
  /** The JavaScript engine for yt-dlp, where the manifest names one: Node itself serves from version 22 on. */
  readonly deno?: string
}

/**
 * Reads `.runtime/runtime.json` of the repository that holds `folder` (default: this file, in `src` or in `dist`).
 * Throws "Run npm run setup first." where it is missing or lacks a tool.
 */
export function readRuntime(folder: string = dirname(fileURLToPath(import.meta.url))): Runtime {
  const manifest = readJson(join(repositoryRoot(folder), '.runtime', 'runtime.json'))
  if (!isRuntime(manifest)) throw new Error('Run npm run setup first.')
  return manifest
}

/** The nearest folder above with a workspace file; the file system's root where there is none. */
export function repositoryRoot(folder: string): string {
  const parent = dirname(folder)
  return parent === folder || existsSync(join(folder, 'pnpm-workspace.yaml')) ? folder : repositoryRoot(parent)
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

const isRuntime = (value: unknown): value is Runtime =>
  typeof value === 'object' &&
  value !== null &&
  KEYS.every((key) => typeof (value as Record<string, unknown>)[key] === 'string')
