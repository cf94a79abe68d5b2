/** GET and HEAD /api/video-scraper/download/{filename}: the file itself, whole or in ranges. */

import type { FileEntry } from '@video-scraper/contracts'
import { deliver } from '@video-scraper/library'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { clientOf } from '../client.ts'
import type { Route, RouteDependencies } from '../dependencies.ts'
import { fileNotFound, RequestError } from '../errors.ts'
import { errors, IdParameter } from '../schema-reference.ts'

type FileRequest = FastifyRequest<{ Params: { filename: string } }>

const HEADERS = {
  ETag: { description: 'Strong: the sha-256 of the file.', type: 'string' },
  'Last-Modified': { description: 'When the file was published.', type: 'string' },
  'Accept-Ranges': { description: '`bytes`.', type: 'string' },
  'Content-Disposition': { description: 'The title as file name (RFC 6266, RFC 8187).', type: 'string' },
}

const binary = (description: string) => ({
  description,
  headers: HEADERS,
  content: { 'application/octet-stream': { schema: Type.String({ format: 'binary' }) } },
})

export const fetchFile: Route = async (app, dependencies) => {
  const describe = (operationId: string, summary: string) => ({
    operationId,
    summary,
    description:
      'Byte ranges (`Range`, `If-Range`) and conditions (`If-None-Match`, `If-Modified-Since`, …) work as RFC 9110 says. A file whose retention time is over is 404 with the code `file_expired`.',
    tags: ['downloads'],
    params: IdParameter('filename', 'The `filename` of a completed download.'),
  })
  const responses = {
    200: binary('The whole file.'),
    206: binary('The range that was asked for.'),
    304: { description: 'The copy that the client has is current.', type: 'null' },
    412: { description: 'A condition of the request does not hold.', type: 'null' },
  }
  const url = dependencies.paths.at('/api/video-scraper/download/:filename')
  app.get<{ Params: { filename: string } }>(
    url,
    {
      schema: { ...describe('fetchFile', 'Download file'), response: { ...responses, ...errors(404, 416, 503) } },
      exposeHeadRoute: false,
    },
    (request, reply) => send(dependencies, request, reply, 'GET'),
  )
  app.head<{ Params: { filename: string } }>(
    url,
    { schema: { ...describe('describeFile', 'Headers of a file'), response: { ...responses, ...errors(404, 503) } } },
    (request, reply) => send(dependencies, request, reply, 'HEAD'),
  )
}

async function send(
  { files, library, now }: RouteDependencies,
  request: FileRequest,
  reply: FastifyReply,
  method: 'GET' | 'HEAD',
): Promise<FastifyReply> {
  const entry = await files.find(request.params.filename)
  if (entry?.owner !== clientOf(request).owner) throw fileNotFound()
  if (entry.expiresAt !== null && entry.expiresAt <= now()) throw new RequestError('file_expired')
  const file = await library.open(entry.filename)
  if (file === null) throw fileNotFound()

  const { status, headers, range } = deliver({ method, headers: request.headers }, described(entry, file.modifiedMs))
  const hasBody = method === 'GET' && (status === 200 || status === 206)
  if (!hasBody) await file.close()
  if (status === 416) throw new RequestError('range_not_satisfiable', { headers })
  reply.code(status).headers(headers)
  // A HEAD is answered past Fastify, which would count the bytes of the empty body over the file's Content-Length.
  return reply.send(hasBody ? file.stream(range) : undefined)
}

const described = ({ filename, title, mediaType, sizeBytes, sha256 }: FileEntry, modifiedMs: number) => ({
  filename,
  title,
  mediaType,
  sizeBytes,
  sha256,
  modifiedMs,
})
