/** Installs the programs that stand in front of ffmpeg and ffprobe (`python/ffmpeg_shim.py`). */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
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

/** What the shim imports (`SANDBOX_MODULES` holds them too). */
const MODULES = ['landlock.py', 'seccomp.py', 'capabilities.py']
const SHIM = 'ffmpeg_shim.py'
const COMPILER = fileURLToPath(new URL('../python/compile_modules.py', import.meta.url))
/** Linux reads 127 bytes of the first line (255 since 5.1) and breaks it at blanks. */
const SHEBANG_BYTES_MAX = 120
const MODE = 0o755

/**
 * Writes `ffmpeg` and `ffprobe` into the directory and returns it, for `--ffmpeg-location`. Each file appears whole, so
 * running it again while jobs use the old ones is fine; what is there already in this form is not written again. All paths must be absolute.
 * @throws Error where a path is relative or holds a quote or a line break.
 */
export async function installFfmpegShim({ directory, python, ffmpeg, ffprobe }: FfmpegShimOptions): Promise<string> {
  await mkdir(directory, { recursive: true })
  await chmod(directory, MODE)
  const starters = { ffmpeg: starterOf('ffmpeg', ffmpeg, python), ffprobe: starterOf('ffprobe', ffprobe, python) }
  // First, since the programs import them.
  for (const name of MODULES) {
    await writeWhole(join(directory, name), await readFile(new URL(`../python/${name}`, import.meta.url), 'utf8'))
  }
  await writeWhole(join(directory, SHIM), await shimSource())
  await compileModules(python, directory)
  await writeFilters(directory)
  for (const [program, starter] of Object.entries(starters)) await writeWhole(join(directory, program), starter)
  return directory
}

/** The shim, with the tables of what may be read and written. */
async function shimSource(): Promise<string> {
  const source = await readFile(new URL(`../python/${SHIM}`, import.meta.url), 'utf8')
  return source
    .replace('@READERS@', () => namesOf('readers').join(' '))
    .replace('@WRITERS@', () => namesOf('writers').join(' '))
}

/** The interpreter looks for modules in its own library alone, so the folder of the shim is added. */
const starterOf = (program: string, realPath: string, python: string): string =>
  `${firstLines(plainPath(python))}import os, sys
sys.dont_write_bytecode = True
sys.path.append(os.path.dirname(os.path.abspath(__file__)))
from ffmpeg_shim import main
main('${program}', '${plainPath(realPath)}')
`

/** Where there is no space for it, Python compiles them at each start. */
async function compileModules(python: string, directory: string): Promise<void> {
  const modules = [...MODULES, SHIM].map((name) => join(directory, name))
  await promisify(execFile)(python, ['-I', '-S', COMPILER, ...modules]).catch(() => undefined)
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
