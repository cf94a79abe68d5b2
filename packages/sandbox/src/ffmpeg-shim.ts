/** Installs the programs that stand in front of ffmpeg and ffprobe (`python/ffmpeg_shim.py`). */
import { randomUUID } from 'node:crypto'
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { namesOf } from '@video-scraper/core'
import { architectureOf, type Purpose, systemCallFilter } from './system-calls/filter.ts'

interface FfmpegShimOptions {
  /** Made where it is missing. Everybody may read it (0755), as jobs may have users of their own; it holds no secret. */
  readonly directory: string
  /** The interpreter, Python 3.11 or newer, by its real path: a version manager's shim costs 60 ms at every start. */
  readonly python: string
  /** The real programs. */
  readonly ffmpeg: string
  readonly ffprobe: string
}

const SOURCE = new URL('../python/ffmpeg_shim.py', import.meta.url)
/** What the programs import (`SANDBOX_MODULES` holds them too). */
const MODULES = ['landlock.py', 'seccomp.py', 'capabilities.py']
/** Linux reads 127 bytes of the first line (255 since 5.1) and breaks it at blanks. */
const SHEBANG_BYTES_MAX = 120
const MODE = 0o755

/**
 * Writes `ffmpeg` and `ffprobe` into the directory and returns it, for `--ffmpeg-location`. Each file appears whole, so
 * running it again while jobs use the old ones is fine; what is there already in this form is not written again. All paths must be absolute.
 * @throws Error where a path is relative or holds a quote or a line break.
 */
export async function installFfmpegShim({ directory, python, ffmpeg, ffprobe }: FfmpegShimOptions): Promise<string> {
  const source = await readFile(SOURCE, 'utf8')
  await mkdir(directory, { recursive: true })
  await chmod(directory, MODE)
  // First, since the programs import them.
  for (const name of MODULES) {
    await writeWhole(join(directory, name), await readFile(new URL(`../python/${name}`, import.meta.url), 'utf8'))
  }
  await writeFilters(directory)
  const programs = { ffmpeg, ffprobe }
  for (const [program, realPath] of Object.entries(programs)) {
    // Replacement functions, as the text may hold `$&`.
    const script = source
      .replace('@PROGRAM@', () => program)
      .replace('@REAL_PATH@', () => plainPath(realPath))
      .replace('@READERS@', () => namesOf('readers').join(' '))
      .replace('@WRITERS@', () => namesOf('writers').join(' '))
    await writeWhole(join(directory, program), firstLines(plainPath(python)) + script)
  }
  return directory
}

/** Goes into a Python string, a shell word and a first line as it is. */
function plainPath(path: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  if (!isAbsolute(path) || /['"\\\u0000-\u001f]/.test(path)) {
    throw new Error('The ffmpeg shim needs absolute paths without quotes, backslashes and control characters.')
  }
  return path
}

/** `-I` keeps the environment and the working directory out of Python's imports, `-S` saves the start of `site`. */
function firstLines(python: string): string {
  if (!/\s/.test(python) && Buffer.byteLength(python) <= SHEBANG_BYTES_MAX) return `#!${python} -IS\n`
  // The shell reads an exec, Python a string in triple quotes.
  return `#!/bin/sh\n'''exec' '${python}' -IS "$0" "$@"\n' '''\n`
}

/** The filters of system calls; none for a processor that the table has no numbers for. */
async function writeFilters(directory: string): Promise<void> {
  const architecture = architectureOf(process.arch)
  if (architecture === null) return
  for (const purpose of ['job', 'media'] as const) {
    await writeWhole(filterPath(directory, purpose), systemCallFilter(architecture, purpose))
  }
}

const filterPath = (directory: string, purpose: Purpose): string => join(directory, `${purpose}.filter`)

/** The filter for jobs that `installFfmpegShim` has put into its directory; null where there is none for this processor. */
export const jobFilterIn = (directory: string): string | null =>
  architectureOf(process.arch) === null ? null : filterPath(directory, 'job')

/** Writes nothing where the same is there already: a worker must be able to start on a full disk, to make space on it. */
async function writeWhole(path: string, text: string | Buffer): Promise<void> {
  const present = await readFile(path).catch(() => null)
  if (present?.equals(Buffer.from(text))) return chmod(path, MODE)
  const draft = `${path}.${randomUUID()}`
  try {
    await writeFile(draft, text, { flag: 'wx', mode: MODE })
    await chmod(draft, MODE)
    await rename(draft, path)
  } finally {
    await rm(draft, { force: true })
  }
}
