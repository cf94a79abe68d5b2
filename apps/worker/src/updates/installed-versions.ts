/** Versions of yt-dlp that lie beside the pinned one: what the index has, installed with checksums that are written down first. */
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PackageClient } from './package-client.ts'
import { runProgram } from './package-client.ts'
import { normalVersion } from './ytdlp-version.ts'

export type Channel = 'stable' | 'nightly'

/** A requirement that names a version before the first release lets those through for this package alone. */
const REQUIREMENTS = { stable: 'yt-dlp', nightly: 'yt-dlp>=2000.1.1.dev0' } as const satisfies Record<Channel, string>
const PARTS = 'default,curl-cffi,deno'
const UNFINISHED = '.unfinished-'
/** What a process that was killed has left. */
const LEFT_OVER_MS = 3_600_000
const KEPT_MS = 3 * 24 * 3_600_000

interface InstalledVersionsOptions {
  /** `YTDLP_UPDATES_DIR`, absolute. */
  readonly folder: string
  readonly python: string
  readonly client: PackageClient
}

export interface InstalledVersions {
  /** The newest that the index has for this channel. Rejects where it cannot be asked. */
  newest(channel: Channel, signal: AbortSignal): Promise<string>
  /** The folder to be put on Python's module path. Null: it is not installed for this interpreter and processor. */
  homeOf(version: string): Promise<string | null>
  /** Resolves with the folder, which is there whole or not at all. */
  install(version: string, signal: AbortSignal): Promise<string>
  /** Removes every folder of this interpreter but these versions' and those of the last three days, which jobs may still use. */
  keepOnly(versions: readonly string[]): Promise<void>
}

export function installedVersionsIn({ folder, python, client }: InstalledVersionsOptions): InstalledVersions {
  const kind = `${client.tag}-${process.arch}`
  const pathOf = (version: string): string => join(folder, `${version}-${kind}`)
  const listOf = (version: string): string => join(folder, `requirements-${version}-${kind}.txt`)
  const homeOf = async (version: string): Promise<string | null> =>
    (await isThere(join(pathOf(version), 'yt_dlp', 'version.py'))) ? pathOf(version) : null
  const inFolder = async <T>(work: (unfinished: string) => Promise<T>): Promise<T> => {
    await mkdir(folder, { recursive: true, mode: 0o755 })
    const unfinished = await mkdtemp(join(folder, UNFINISHED))
    try {
      return await work(unfinished)
    } finally {
      await rm(unfinished, { recursive: true, force: true })
    }
  }
  /** What pip would install, without installing it. */
  const resolved = async (requirement: string, more: readonly string[], signal: AbortSignal): Promise<Package[]> =>
    inFolder(async (unfinished) => {
      const report = join(unfinished, 'report.json')
      const words = [
        'install',
        '--dry-run',
        '--ignore-installed',
        '--target',
        join(unfinished, 'none'),
        '--report',
        report,
      ]
      await client.run([...words, ...more, requirement], unfinished, signal)
      return packagesIn(await readFile(report, 'utf8'))
    })
  /** Written once: whoever installs the version again gets the same bytes, or nothing. */
  const checksumsOf = async (version: string, signal: AbortSignal): Promise<string> => {
    const path = listOf(version)
    if (!(await isThere(path))) {
      const packages = await resolved(`yt-dlp[${PARTS}]==${version}`, [], signal)
      const lines = packages.map((each) => `${each.name}==${each.version} --hash=sha256:${each.sha256}\n`)
      const unfinished = `${path}.${process.pid}.new`
      await writeFile(unfinished, lines.join(''))
      await rename(unfinished, path)
    }
    return path
  }

  return {
    homeOf,
    async newest(channel, signal) {
      const [found] = await resolved(REQUIREMENTS[channel], ['--no-deps'], signal)
      const version = normalVersion(found?.version ?? '')
      if (version === null) throw new Error('The index names a version of yt-dlp that is none.')
      return version
    },
    async install(version, signal) {
      await sweep(folder)
      const list = await checksumsOf(version, signal)
      const home = pathOf(version)
      await inFolder(async (unfinished) => {
        const target = join(unfinished, 'home')
        const words = ['install', '--no-deps', '--require-hashes', '--no-compile', '--target', target]
        await client.run([...words, '--requirement', list], unfinished, signal)
        await compile(python, target, home, signal)
        await chmod(target, 0o755)
        if ((await homeOf(version)) === null) await rm(home, { recursive: true, force: true })
        await rename(target, home).catch(async (error: unknown) => {
          // Another worker was first.
          if ((await homeOf(version)) === null) throw error
        })
      })
      return home
    },
    async keepOnly(versions) {
      const kept = new Set(versions.map((version) => `${version}-${kind}`))
      for (const name of await readdir(folder).catch(() => [])) {
        const path = join(folder, name)
        if (!name.endsWith(`-${kind}`) || kept.has(name) || (await ageOf(path)) < KEPT_MS) continue
        await rm(path, { recursive: true, force: true })
      }
    },
  }
}

interface Package {
  readonly name: string
  readonly version: string
  readonly sha256: string
}

/** Source: pip's "installation report", version 1. */
function packagesIn(report: string): Package[] {
  const { install } = JSON.parse(report) as {
    install: {
      metadata: { name: string; version: string }
      download_info: { archive_info?: { hashes?: { sha256?: string } } }
    }[]
  }
  return install.map(({ metadata: { name, version }, download_info }) => {
    const sha256 = download_info.archive_info?.hashes?.sha256
    if (![name, version].every((word) => /^[\w.+!-]{1,100}$/.test(word)))
      throw new Error('The index names a package in letters that no name has.')
    if (sha256 === undefined || !/^[0-9a-f]{64}$/.test(sha256))
      throw new Error(`The index tells no checksum of ${name}.`)
    return { name, version: normalVersion(version) ?? version, sha256 }
  })
}

/** As `scripts/runtime/provide-ytdlp.mjs` does it: compiled once, never compared with the sources again. */
const compile = (python: string, target: string, home: string, signal: AbortSignal): Promise<void> =>
  runProgram(
    python,
    ['-I', '-m', 'compileall', '-q', '--invalidation-mode', 'unchecked-hash', '-s', target, '-p', home, target],
    {},
    signal,
  )

async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(UNFINISHED)) continue
    const path = join(folder, name)
    if ((await ageOf(path)) > LEFT_OVER_MS) await rm(path, { recursive: true, force: true })
  }
}

/** Since it was filled, in milliseconds. */
const ageOf = async (path: string): Promise<number> =>
  Date.now() - (await stat(path).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
