/** Gives the entries of a playlist one by one, each once it has ended. */
import { VideoScraperError } from './errors.ts'
import type { Job, PlaylistEntry } from './generated/schemas.ts'
import type { Page } from './pages.ts'
import { isPassing } from './retries.ts'
import { heeding } from './stopping.ts'
import { hasEnded } from './wait.ts'

interface EndedEntriesOptions {
  /** Reads one page of the entries of the playlist. */
  readonly page: (cursor: string | undefined) => Promise<Page<PlaylistEntry>>
  /** Is awaited. */
  readonly onEntry: (entry: PlaylistEntry) => unknown
  /** Ends what waits for `onEntry`. */
  readonly signal: AbortSignal
}

const UNDER_WAY: ReadonlySet<string> = new Set(['queued', 'running'])
const ENDED: ReadonlySet<string> = new Set(['completed', 'failed', 'cancelled', 'skipped'])

/** The order is that of their ends, as far as it was seen. */
export class EndedEntries {
  readonly #options: EndedEntriesOptions
  readonly #given = new Set<number>()
  /** The first page that may hold an entry that was not given: pages before it are not read again. */
  #first: string | undefined
  #lastCount = 0

  constructor(options: EndedEntriesOptions) {
    this.#options = options
  }

  /** Has to be called with each state of the playlist. */
  async see(job: Job): Promise<void> {
    const isOver = hasEnded(job)
    const count = endedOf(job)
    if (count === null || (count === this.#lastCount && !isOver)) return
    let cursor = this.#first
    do {
      const read = await this.#page(cursor, isOver)
      // The next state that is seen leads here again.
      if (!read) return
      const { items, nextCursor } = read
      const ended = items.filter(({ state }) => isEnd(state, isOver))
      await this.#give(ended)
      if (cursor === this.#first && ended.length === items.length) this.#first = nextCursor ?? cursor
      // Entries are begun in their order: behind a page on which none has ended there is nothing to give yet.
      else if (!isOver && ended.length === 0) break
      cursor = nextCursor ?? undefined
    } while (cursor !== undefined)
    this.#lastCount = count
  }

  async #page(cursor: string | undefined, isOver: boolean): Promise<Page<PlaylistEntry> | null> {
    try {
      return await this.#options.page(cursor)
    } catch (error) {
      if (isOver || !(error instanceof VideoScraperError && isPassing(error))) throw error
      return null
    }
  }

  async #give(ended: readonly PlaylistEntry[]): Promise<void> {
    const { onEntry, signal } = this.#options
    for (const entry of ended) {
      if (this.#given.has(entry.position)) continue
      this.#given.add(entry.position)
      await heeding(Promise.resolve(onEntry(entry)), signal)
    }
  }
}

/** A word that is not known is an end only where nothing goes on any more. */
const isEnd = (state: string, isOver: boolean): boolean => ENDED.has(state) || (isOver && !UNDER_WAY.has(state))

/** How many entries have ended; null where the list has not been read. */
function endedOf(job: Job): number | null {
  const summary = 'summary' in job ? job.summary : undefined
  return summary ? summary.total - summary.queued - summary.running : null
}
