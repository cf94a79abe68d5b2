/** GET and HEAD /api/video-scraper/download/{filename}: the file itself, whole or in ranges. */
import type { FileEntry } from '@video-scraper/contracts'
import { deliver } from '@video-scraper/library'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Route, RouteDependencies } from '../dependencies.ts'
import { fileNotFound, RequestError } from '../errors.ts'
import { ownFile } from '../own-file.ts'
import { errors, IdParameter } from '../schema-reference.ts'

type FileRequest = FastifyRequest<{ Params: { filename: string } }>

/** Long enough to begin; a player that seeks later asks us again. */
const LINK = { disposition: 'attachment', seconds: 3600 } as const

const HEADERS = {
  ETag: { description: 'Strong: the sha-256 of the file.', type: 'string' },
  'Last-Modified': { description: 'When the file was published.', type: 'string' },
  'Accept-Ranges': { description: '`bytes`.', type: 'string' },
  'Content-Disposition': { description: 'The title as file name (RFC 6266, RFC 8187).', type: 'string' },
}

/** A body that is no JSON has no example; the schema says all there is. */
const binary = (description: string) => ({
  description,
  headers: HEADERS,
  content: { '*/*': { schema: Type.String({ format: 'binary' }) } },
})

export const fetchFile: Route = async (app, dependencies) => {
  const url = dependencies.paths.at('/api/video-scraper/download/:filename')
  const schema = {
    operationId: 'fetchFile',
    summary: 'Download file',
    description:
      'Byte ranges (`Range`, `If-Range`) and conditions (`If-None-Match`, `If-Modified-Since`, …) work as RFC 9110 says; `HEAD` gives the headers alone. A file whose retention time is over is 404 with the code `file_expired`.',
    tags: ['downloads'],
    params: IdParameter('filename', 'The `filename` of a completed download.'),
    response: {
      200: binary('The whole file.'),
      206: binary('The range that was asked for.'),
      307: {
        description:
          'Where the library is a bucket and the gateway sends clients there: the same request at `Location` gets the file, for an hour.',
        headers: { Location: { description: 'A signed address of the store.', type: 'string' } },
        type: 'null',
      },
      304: { description: 'The copy that the client has is current.', type: 'null' },
      ...errors(
        'invalid_request',
        'not_found',
        'file_expired',
        'precondition_failed',
        'range_not_satisfiable',
        'service_unavailable',
      ),
    },
  }
  app.get<{ Params: { filename: string } }>(url, { schema, exposeHeadRoute: false }, (request, reply) =>
    send(dependencies, request, reply, 'GET'),
  )
  app.head<{ Params: { filename: string } }>(url, { schema }, (request, reply) =>
    send(dependencies, request, reply, 'HEAD'),
  )
}

async function send(
  dependencies: RouteDependencies,
  request: FileRequest,
  reply: FastifyReply,
  method: 'GET' | 'HEAD',
): Promise<FastifyReply> {
  const entry = await ownFile(dependencies, request, request.params.filename)
  const { library } = dependencies
  const file = await library.open(entry.filename)
  if (file === null) throw fileNotFound()
  let streams = false
  try {
    // Another size than the published one is another file; its digest and its ranges would be wrong.
    if (file.sizeBytes !== entry.sizeBytes) throw fileNotFound()
    const { status, headers, range } = deliver({ method, headers: request.headers }, described(entry, file.modifiedMs))
    if (status === 412) throw new RequestError('precondition_failed', { headers })
    if (status === 416) throw new RequestError('range_not_satisfiable', { headers })
    const link = method === 'GET' && status !== 304 ? await library.link?.(entry, LINK) : undefined
    if (link) return reply.code(307).header('cache-control', 'private, no-store').redirect(link, 307)
    reply.code(status).headers(headers)
    streams = method === 'GET' && status !== 304
    // Fastify leaves the Content-Length of a HEAD as it is.
    return reply.send(streams ? file.stream(range) : undefined)
  } finally {
    if (!streams) await file.close()
  }
}

const described = ({ filename, title, mediaType, sizeBytes, sha256 }: FileEntry, modifiedMs: number) => ({
  filename,
  title,
  mediaType,
  sizeBytes,
  sha256,
  modifiedMs,
})
