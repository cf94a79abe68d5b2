/** A copy of the installed yt-dlp in which some files differ. All others are links. */
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from '@jest/globals'

type Change = (source: string) => string

/**
 * Makes `folder`, a home like `home`, and returns its path. `changes`: by the path inside of it, such as
 * `yt_dlp/downloader/hls.py`; each must change something.
 */
export function changedYtdlp(home: string, folder: string, changes: Readonly<Record<string, Change>>): string {
  const own = new Set(Object.keys(changes).flatMap((path) => [path, ...foldersOf(path)]))
  const link = (inside: string): void => {
    mkdirSync(join(folder, inside))
    for (const entry of readdirSync(join(home, inside))) {
      const path = join(inside, entry)
      // What was compiled belongs to the sources as they were.
      if (entry === '__pycache__' && inside !== '') continue
      if (own.has(path) && changes[path] === undefined) link(path)
      else if (changes[path] === undefined) symlinkSync(join(home, path), join(folder, path))
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
