/** Saves one file: in parts if need be, until its digest is the one that was announced. */
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { readChunks } from '../chunks.ts'
import type { VideoScraper } from '../client.ts'
import { IntegrityError, VideoScraperError } from '../errors.ts'
import { isPassing, spread } from '../retries.ts'
import { pause } from '../stopping.ts'
import { unreachable } from '../transport.ts'
import { openPartialFile, type PartialFile } from './partial-file.ts'
import type { SavedFile, SaveOptions } from './save.ts'

const IDLE_MS = 45_000
/** So many answers in a row may bring nothing. */
const BARREN_ANSWERS = 6
const FIRST_WAIT_MS = 500

/** Resolves when the file is there under its name. */
export async function saveFile(client: VideoScraper, file: SavedFile, target: string, options: SaveOptions) {
  // A part of another file is never continued.
  const partialPath = `${target}.${file.sha256.slice(0, 12)}.part`
  await mkdir(dirname(target), { recursive: true })
  for (let isLast = false; ; isLast = true) {
    const partial = await openPartialFile(partialPath)
    let digest: string
    try {
      await fetchRest(client, file, partial, options)
      digest = await partial.finish()
    } finally {
      await partial.close()
    }
    if (digest === file.sha256.toLowerCase()) return await rename(partialPath, target)
    await rm(partialPath)
    if (isLast) throw differs(file)
  }
}

/** Fetches until as many bytes are there as the file has. */
async function fetchRest(client: VideoScraper, file: SavedFile, partial: PartialFile, options: SaveOptions) {
  if (partial.size > file.size_bytes) await partial.clear()
  const known: Known = { validator: null }
  for (let barren = 0; partial.size < file.size_bytes; ) {
    const before = partial.size
    const answered = fetchOnce(client, file, partial, known, options)
    await answered.catch((error: unknown) => orGoOn(error, barren, options.signal))
    barren = partial.size > before ? 0 : barren + 1
    if (barren > BARREN_ANSWERS) throw differs(file)
    if (partial.size < file.size_bytes) await pause(spread(FIRST_WAIT_MS * 2 ** barren), options.signal)
  }
}

/** Throws what another answer would not mend. */
function orGoOn(error: unknown, barren: number, signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw signal.reason
  if (!isBreak(error) || barren >= BARREN_ANSWERS) throw error
}

interface Known {
  /** The strong ETag of the answer before: what follows must be of the same file. */
  validator: string | null
}

/** What the network does to a body is no error of this client's. A disk that is full is. */
const isBreak = (error: unknown): boolean =>
  error instanceof VideoScraperError ? isPassing(error) : error instanceof BrokenBody

class BrokenBody extends Error {}

async function fetchOnce(
  client: VideoScraper,
  file: SavedFile,
  partial: PartialFile,
  known: Known,
  { onProgress, idleTimeoutMs = IDLE_MS, ...options }: SaveOptions,
): Promise<void> {
  const range = partial.size > 0 ? { range: `bytes=${partial.size}-` } : {}
  const condition = partial.size > 0 && known.validator !== null ? { 'if-range': known.validator } : {}
  const headers = { 'accept-encoding': 'identity', ...options.headers, ...range, ...condition }
  const response = await client.fetchFile(file.filename, {}, { ...options, headers })
  await agree(response, partial)
  const etag = response.headers.get('etag')
  known.validator = etag?.startsWith('"') ? etag : null
  for await (const chunk of bodyOf(response, idleTimeoutMs, options.signal)) {
    await partial.append(chunk)
    onProgress?.({ filename: file.filename, receivedBytes: partial.size, totalBytes: file.size_bytes })
    // More than was announced is another file; its digest will say so.
    if (partial.size > file.size_bytes) break
  }
}

/** Makes the partial file end where the answer begins. */
async function agree(response: Response, partial: PartialFile): Promise<void> {
  const [, start] = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '') ?? []
  if (response.status === 206 && Number(start) === partial.size) return
  await partial.clear()
  if (response.status === 200) return
  await response.body?.cancel()
  throw new BrokenBody('The answer is not the part of the file that was asked for.')
}

async function* bodyOf(response: Response, idleMs: number, signal: AbortSignal | undefined) {
  if (response.body === null) return
  const chunks = readChunks(response.body, idleMs, signal)
  try {
    for (;;) {
      const { done, value } = await chunks.next().catch((cause: unknown) => {
        throw cause instanceof VideoScraperError || signal?.aborted ? cause : unreachable(response.url, cause)
      })
      if (done) return
      yield value
    }
  } finally {
    await chunks.return()
  }
}

const differs = ({ filename }: SavedFile) =>
  new IntegrityError(`${filename} is not the file that was announced: its digest or its size differs.`, {
    code: 'digest_differs',
    retryable: true,
  })
