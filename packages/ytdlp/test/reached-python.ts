/** A Python that every user of this machine reaches: the one of the tests may lie below a home folder that is closed to others. */
import { execFileSync } from 'node:child_process'
import { realpathSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { readRuntime } from '@video-scraper/testkit'

export function isReachedByOthers(path: string): boolean {
  const reached = (statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o001
  return reached !== 0 && (path === dirname(path) || isReachedByOthers(dirname(path)))
}

/** Its real path; that of the tests where there is no other. */
export function reachedPython(): string {
  const own = readRuntime().python
  const candidates = [own, ...['3.14', '3.13', '3.12', '3.11', '3'].map((version) => `/usr/bin/python${version}`)]
  return candidates.map(realPathOf).find((path) => path !== null && isUsable(path)) ?? own
}

function realPathOf(path: string): string | null {
  try {
    return realpathSync(path)
  } catch {
    return null
  }
}

function isUsable(path: string): boolean {
  if (!isReachedByOthers(path)) return false
  try {
    execFileSync(path, ['-IS', '-c', 'import sys; sys.exit(sys.version_info < (3, 11))'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
