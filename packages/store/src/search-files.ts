/** Looks through a list of files for those that meet a condition, a bounded number of them per page. */
import type { FileEntry } from '@video-scraper/contracts'
import { cursorAt } from './newest-first.ts'

export interface FilePage {
  entries: FileEntry[]
  /** Where the next page begins, or null when there is none. */
  next: string | null
}

/** How many files are read at once, and at most for one page. */
const SEARCHED_AT_ONCE = 500
export const SEARCHED_MAX = 5000

interface SearchOptions {
  limit: number
  cursor: string | undefined
  matches: (entry: FileEntry) => boolean
}

/**
 * `read` gives the pages of the whole list, and null for a cursor that is none. A page ends with its last match, or
 * where `SEARCHED_MAX` files have been looked at: it may then be short, even empty, and `next` goes on from there.
 */
export async function searchFiles(
  read: (size: number, cursor: string | undefined) => Promise<FilePage | null>,
  { limit, cursor, matches }: SearchOptions,
): Promise<FilePage | null> {
  const found: FileEntry[] = []
  let next: string | null = cursor ?? null
  for (let searched = 0; searched < SEARCHED_MAX; searched += SEARCHED_AT_ONCE) {
    const page = await read(SEARCHED_AT_ONCE, next ?? undefined)
    if (page === null) return null
    found.push(...page.entries.filter(matches))
    const last = found[limit - 1]
    // What was found beyond the page is found again behind its last file.
    if (last && found.length > limit) return { entries: found.slice(0, limit), next: cursorOf(last) }
    if (page.next === null || found.length === limit) return { entries: found, next: page.next }
    next = page.next
  }
  return { entries: found, next }
}

/** The beginning of a page whose files, those beside the media included, are at most so many; the first media is always there. */
export function withinBound({ entries, next }: FilePage, filesMax: number): FilePage {
  let files = 0
  const surplus = entries.findIndex(({ otherFiles = [] }, at) => {
    files += 1 + otherFiles.length
    return at > 0 && files > filesMax
  })
  const last = entries[surplus - 1]
  return last === undefined ? { entries, next } : { entries: entries.slice(0, surplus), next: cursorOf(last) }
}

const cursorOf = ({ filename, createdAt }: FileEntry) => cursorAt({ member: filename, time: createdAt })
