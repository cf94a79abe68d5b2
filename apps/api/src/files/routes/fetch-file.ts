/** GET and HEAD /api/video-scraper/download/{filename}: the file itself, whole or in ranges. */
import type { Disposition } from '@video-scraper/library'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Route, RouteDependencies } from '../../dependencies.ts'
import { errors, IdParameter } from '../../openapi/schema-reference.ts'
import { FILE_ROUTE, hasValidLink } from '../file-link.ts'
import { linkedFile, ownFile } from '../own-file.ts'
import { sendFile } from '../send-file.ts'

interface FileRoute {
  Params: { filename: string }
  Querystring: { disposition: Disposition; signature?: string }
}
type FileRequest = FastifyRequest<FileRoute>

const HEADERS = {
  ETag: { description: 'Strong: the sha-256 of the file.', type: 'string' },
  'Last-Modified': { description: 'When the file was published.', type: 'string' },
  'Accept-Ranges': { description: '`bytes`.', type: 'string' },
  'Content-Disposition': { description: 'The title as file name (RFC 6266, RFC 8187).', type: 'string' },
  'Repr-Digest': { description: 'RFC 9530: the sha-256 of the whole file, also beside a part of it.', type: 'string' },
  'Cross-Origin-Resource-Policy': {
    description: '`cross-origin` for a file by its link, so that pages of any origin can show it; else `same-origin`.',
    type: 'string',
  },
  'Content-Security-Policy': { description: 'With `disposition=inline`: nothing in the file runs.', type: 'string' },
}

/**
 * A body that is no JSON has no example. `Content-Type` names the type of the video; the document says bytes, since
 * generators leave out an answer of every type.
 */
const binary = (description: string) => ({
  description,
  headers: HEADERS,
  content: { 'application/octet-stream': { schema: Type.String({ format: 'binary' }) } },
})

export const fetchFile: Route = async (app, dependencies) => {
  const url = dependencies.paths.at(FILE_ROUTE)
  const schema = {
    operationId: 'fetchFile',
    summary: 'Download file',
    description:
      'Byte ranges (`Range`, `If-Range`) and conditions (`If-None-Match`, `If-Modified-Since`, …) work as RFC 9110 says; `HEAD` gives the headers alone. A file whose retention time is over is 404 with the code `file_expired`. A link of `POST …/link` brings its `signature`, and needs no key; one that does not fit is 403. Behind nginx the operator may let it send the files (`X_ACCEL_LOCATION`): validators are nginx’s then.',
    tags: ['downloads'],
    params: IdParameter('filename', 'The `filename` of a completed download.'),
    querystring: Type.Object({
      disposition: Type.Optional(
        Type.Enum(['attachment', 'inline'], {
          type: 'string',
          default: 'attachment',
          description: '`attachment` saves the file, `inline` shows it.',
        }),
      ),
      signature: Type.Optional(Type.String({ description: 'Part of a link; nothing to make up.' })),
    }),
    response: {
      200: binary('The whole file.'),
      206: binary('The range that was asked for.'),
      307: {
        description:
          'Where the library is a bucket and the gateway sends clients there: the same request at `Location` gets the file, for an hour at most.',
        headers: { Location: { description: 'A signed address of the store.', type: 'string' } },
        type: 'null',
      },
      304: { description: 'The copy that the client has is current.', type: 'null' },
      ...errors(
        'invalid_request',
        'link_invalid',
        'link_expired',
        'not_found',
        'file_expired',
        'precondition_failed',
        'range_not_satisfiable',
        'service_unavailable',
      ),
    },
  }
  app.get<FileRoute>(url, { schema, exposeHeadRoute: false }, (request, reply) =>
    send(dependencies, request, reply, 'GET'),
  )
  app.head<FileRoute>(url, { schema }, (request, reply) => send(dependencies, request, reply, 'HEAD'))
}

async function send(
  dependencies: RouteDependencies,
  request: FileRequest,
  reply: FastifyReply,
  method: 'GET' | 'HEAD',
): Promise<FastifyReply> {
  const { filename } = request.params
  const { disposition, signature } = request.query
  const isLinked = hasValidLink(dependencies, request)
  // Whoever has the link may have the file, a page of another origin that shows it in its player too.
  if (isLinked) reply.header('cross-origin-resource-policy', 'cross-origin')
  const entry = isLinked ? await linkedFile(dependencies, filename) : await ownFile(dependencies, request, filename)
  return await sendFile(dependencies, request, reply, { entry, method, disposition, signature })
}
