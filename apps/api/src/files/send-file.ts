/** Sends a published file: whole or in ranges, by us, by nginx, or by the store that it lies in. */
import type { FileEntry } from '@video-scraper/contracts'
import { type Disposition, deliver } from '@video-scraper/library'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RouteDependencies } from '../dependencies.ts'
import { fileNotFound, RequestError } from '../http/errors.ts'
import { storeLinkSeconds } from './file-link.ts'
import { acceleratedHeaders } from './x-accel.ts'

interface SentFile {
  readonly entry: FileEntry
  readonly method: 'GET' | 'HEAD'
  readonly disposition: Disposition
  /** Of a link, which bounds how long a link of the store works. Absent: the client is known by its key. */
  readonly signature?: string | undefined
}

/** Who may have it was decided before. Throws the 404 of a file that is not there, 412 and 416 as RFC 9110 says. */
export async function sendFile(
  { library, accelLocation, now }: RouteDependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  { entry, method, disposition, signature }: SentFile,
): Promise<FastifyReply> {
  const file = await library.open(entry.filename)
  if (file === null) throw fileNotFound()
  let streams = false
  try {
    // Another size than the published one is another file; its digest and its ranges would be wrong.
    if (file.sizeBytes !== entry.sizeBytes) throw fileNotFound()
    const subject = described(entry, file.modifiedMs)
    if (accelLocation !== '') {
      reply.headers(acceleratedHeaders(accelLocation, subject, disposition))
      return reply.send()
    }
    const { status, headers, range } = deliver({ method, headers: request.headers, disposition }, subject)
    if (status === 412) throw new RequestError('precondition_failed', { headers })
    if (status === 416) throw new RequestError('range_not_satisfiable', { headers })
    const link =
      method === 'GET' && status !== 304
        ? await library.link?.(entry, { disposition, seconds: storeLinkSeconds(now(), entry.expiresAt, signature) })
        : undefined
    if (link) return reply.code(307).header('cache-control', 'private, no-store').redirect(link, 307)
    reply.code(status).headers(headers)
    streams = method === 'GET' && status !== 304
    // Fastify leaves the Content-Length of a HEAD as it is.
    return reply.send(streams ? file.stream(range) : undefined)
  } finally {
    if (!streams) await file.close()
  }
}

const described = ({ filename, title, mediaType, language, sizeBytes, sha256 }: FileEntry, modifiedMs: number) => ({
  filename,
  title,
  mediaType,
  language,
  sizeBytes,
  sha256,
  modifiedMs,
})
