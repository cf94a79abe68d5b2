/** Links that need no key: a signature in the query says what may be fetched, how, and until when. */
import { expiryOf, signToken, verifyToken } from '@video-scraper/boot'
import { API_PREFIX } from '@video-scraper/contracts'
import type { Disposition } from '@video-scraper/library'
import type { FastifyRequest } from 'fastify'
import type { RouteDependencies } from '../dependencies.ts'
import { RequestError } from '../http/errors.ts'

/** The path of a file. */
export const FILE_ROUTE = `${API_PREFIX}/download/:filename`
/** The path of all files of a download in one archive. */
export const ARCHIVE_ROUTE = `${API_PREFIX}/status/:download_id/files.zip`

/** Everything that a link can open, each with what the signature names. No file name holds a slash, so the two never meet. */
const linkable: Readonly<Record<string, (parameters: Record<string, string>) => string>> = {
  [FILE_ROUTE]: ({ filename = '' }) => filename,
  [ARCHIVE_ROUTE]: ({ download_id: id = '' }) => archiveName(id),
}

const archiveName = (downloadId: string): string => `${downloadId}/files.zip`

const PURPOSE = 'file-link'

interface LinkedFile {
  filename: string
  disposition: Disposition
  /** Epoch milliseconds. */
  expiresAt: number
}

type Signing = Pick<RouteDependencies, 'secretKeys' | 'paths' | 'now'>

/** Absolute where `PUBLIC_URL` is known. Whoever has it may fetch the file; nothing is kept here. */
export function fileLink({ secretKeys, paths }: Signing, { filename, disposition, expiresAt }: LinkedFile): string {
  const signature = signToken(secretKeys, { purpose: PURPOSE, subject: [filename, disposition], expiresAt })
  const query = new URLSearchParams({ ...(disposition === 'inline' ? { disposition } : {}), signature })
  return paths.absolute(`${paths.file(filename)}?${query}`)
}

/** As `fileLink`, of all files of a download. Always saved, never shown. */
export function archiveLink({ secretKeys, paths }: Signing, downloadId: string, expiresAt: number): string {
  const subject = [archiveName(downloadId), 'attachment']
  const signature = signToken(secretKeys, { purpose: PURPOSE, subject, expiresAt })
  return paths.absolute(`${paths.archive(downloadId)}?${new URLSearchParams({ signature })}`)
}

/**
 * Whether a request for a file brings a signature that allows it, so that it needs no key. False: it brings none. A
 * signature that is not good enough is refused here (`link_invalid`, `link_expired`, both 403), whatever else comes with
 * the request: a link means the same for everybody. May be asked from `onRequest` on.
 */
export function hasValidLink({ secretKeys, paths, now }: Signing, request: FastifyRequest): boolean {
  const { method, routeOptions, params, query } = request
  const { signature, disposition = 'attachment' } = query as Record<string, unknown>
  const reads = method === 'GET' || method === 'HEAD'
  const named = Object.entries(linkable).find(([route]) => routeOptions.url === paths.at(route))?.[1]
  if (signature === undefined || !reads || named === undefined) return false
  const subject = [named(params as Record<string, string>), String(disposition)]
  const verdict = verifyToken(secretKeys, String(signature), { purpose: PURPOSE, subject, now: now() })
  if (verdict !== 'valid') throw new RequestError(verdict === 'expired' ? 'link_expired' : 'link_invalid')
  return true
}

/** Long enough to begin; a player that seeks later asks us again. */
const STORE_LINK_SECONDS = 3600

/**
 * For how many seconds an address of the store may hold that a request for a file is sent to: an hour, but no longer than the
 * file (`expiresAt`, epoch milliseconds; null: for ever), nor than the link that led there, whose `signature` was found good.
 */
export function storeLinkSeconds(now: number, expiresAt: number | null, signature?: string): number {
  const ends = [expiresAt, signature === undefined ? null : expiryOf(signature)].filter((end) => end !== null)
  const left = Math.floor((Math.min(...ends) - now) / 1000)
  return Math.max(1, Math.min(STORE_LINK_SECONDS, left))
}
