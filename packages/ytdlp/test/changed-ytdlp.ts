/** A copy of the installed yt-dlp in which some files differ. All others are links. */
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from '@jest/globals'

type Change = (source: string) => string

/**
 * Makes `folder`, a home like `home`, and returns its path. `changes`: by the path inside of it, such as
 * `yt_dlp/downloader/hls.py`; each must change something. `without`: entries of the home that are left out, with `*` at the
 * end for all that begin so.
 */
export function changedYtdlp(
  home: string,
  folder: string,
  changes: Readonly<Record<string, Change>>,
  without: readonly string[] = [],
): string {
  const isLeftOut = (name: string): boolean =>
    without.some((each) => (each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : name === each))
  const own = new Set(Object.keys(changes).flatMap((path) => [path, ...foldersOf(path)]))
  const link = (inside: string): void => {
    mkdirSync(join(folder, inside))
    for (const entry of readdirSync(join(home, inside))) {
      const path = join(inside, entry)
      // What was compiled belongs to the sources as they were.
      if (isLeftOut(path) || path in changes || (inside !== '' && entry === '__pycache__')) continue
      if (own.has(path)) link(path)
      else symlinkSync(join(home, path), join(folder, path))
    }
  }
  link('')
  for (const [path, change] of Object.entries(changes)) {
    const source = readFileSync(join(home, path), 'utf8')
    const changed = change(source)
    expect(changed).not.toBe(source)
    writeFileSync(join(folder, path), changed)
  }
  return folder
}

const foldersOf = (path: string): string[] => {
  const folder = dirname(path)
  return folder === '.' ? [] : [folder, ...foldersOf(folder)]
}
