/** GET and HEAD /api/video-scraper/status/{download_id}/files.zip: all files of a download in one archive. */
import { hash } from 'node:crypto'
import type { FileEntry } from '@video-scraper/contracts'
import {
  type ArchivedSource,
  contentDisposition,
  type Library,
  listsEntityTag,
  offeredName,
  zipArchive,
  zipArchiveBytes,
} from '@video-scraper/library'
import type { JobSnapshot } from '@video-scraper/queue'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Route, RouteDependencies } from '../../dependencies.ts'
import { jobNotFound } from '../../http/errors.ts'
import { requireOwnedJob } from '../../jobs/require-owned-job.ts'
import { errors, IdParameter } from '../../openapi/schema-reference.ts'
import { ARCHIVE_ROUTE, hasValidLink } from '../file-link.ts'
import { archivedFiles } from '../own-archive.ts'

interface ArchiveRoute {
  Params: { download_id: string }
  Querystring: { signature?: string }
}

export const fetchArchive: Route = async (app, dependencies) => {
  const url = dependencies.paths.at(ARCHIVE_ROUTE)
  const schema = {
    operationId: 'fetchArchive',
    summary: 'Download all files',
    description:
      'All files of a completed download that are still there, as one ZIP archive: stored without compression, with a known length. There are no byte ranges: fetch a single file where a transfer shall be continued. A link of `POST …/files.zip/link` brings its `signature`, and needs no key.',
    tags: ['downloads'],
    params: IdParameter('download_id', 'The `download_id` of POST /download.'),
    querystring: Type.Object({
      signature: Type.Optional(Type.String({ description: 'Part of a link; nothing to make up.' })),
    }),
    response: {
      200: {
        description: 'The archive.',
        headers: {
          ETag: { description: 'Weak: the same files make the same archive.', type: 'string' },
          'Accept-Ranges': { description: '`none`.', type: 'string' },
          'Content-Disposition': { description: 'The title as file name (RFC 6266, RFC 8187).', type: 'string' },
        },
        content: { 'application/octet-stream': { schema: Type.String({ format: 'binary' }) } },
      },
      304: { description: 'The copy that the client has is current.', type: 'null' },
      ...errors(
        'invalid_request',
        'link_invalid',
        'link_expired',
        'not_found',
        'file_expired',
        'job_not_finished',
        'service_unavailable',
      ),
    },
  }
  app.get<ArchiveRoute>(url, { schema, exposeHeadRoute: false }, (request, reply) =>
    send(dependencies, request, reply, 'GET'),
  )
  app.head<ArchiveRoute>(url, { schema }, (request, reply) => send(dependencies, request, reply, 'HEAD'))
}

async function send(
  dependencies: RouteDependencies,
  request: FastifyRequest<ArchiveRoute>,
  reply: FastifyReply,
  method: 'GET' | 'HEAD',
): Promise<FastifyReply> {
  const files = await archivedFiles(dependencies, await jobOf(dependencies, request))
  const sources = sourcesOf(files, dependencies.library)
  const etag = `W/"${hash('sha256', JSON.stringify(files.map(({ filename, sha256 }) => [filename, sha256])))}"`
  reply.headers({ etag, 'cache-control': 'private' })
  if (listsEntityTag(request.headers['if-none-match'] ?? '', etag.slice('W/'.length), 'weak')) {
    return reply.code(304).send()
  }
  const { filename = '', title = null } = files[0] ?? {}
  reply.headers({
    'content-type': 'application/zip',
    'content-length': String(zipArchiveBytes(sources)),
    'content-disposition': contentDisposition({ title, filename: filename.replace(/\.\w+$/, '.zip') }),
    'accept-ranges': 'none',
    'x-content-type-options': 'nosniff',
  })
  return reply.send(method === 'GET' ? zipArchive(sources) : undefined)
}

/** Whoever has the link may have the files, whosever they are. */
async function jobOf(dependencies: RouteDependencies, request: FastifyRequest<ArchiveRoute>): Promise<JobSnapshot> {
  const { download_id: id } = request.params
  if (!hasValidLink(dependencies, request)) return await requireOwnedJob(dependencies.jobs, request, id)
  const job = await dependencies.jobs.find(id)
  if (job === null) throw jobNotFound()
  return job
}

/** Under the names that single files are offered under; where two would be the same, under those of the library. */
function sourcesOf(files: readonly FileEntry[], library: Library): ArchivedSource[] {
  const names = files.map((file) => offeredName(file) ?? file.filename)
  return files.map(({ filename, sizeBytes, createdAt }, at) => {
    const name = names[at] ?? filename
    return {
      name: names.indexOf(name) === names.lastIndexOf(name) ? name : filename,
      sizeBytes,
      modifiedMs: createdAt,
      open: async () => {
        const file = await library.open(filename)
        if (file === null) throw new Error('A file was removed while its archive was being sent.')
        return file.stream(null)
      },
    }
  })
}
