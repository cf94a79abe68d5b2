/** GET /api/video-scraper/downloads: the files there are, newest first. */
import type { DownloadEntry } from '@video-scraper/contracts'
import { fileView } from '@video-scraper/views'
import { Type } from 'typebox'
import { clientOf } from '../client.ts'
import type { Route } from '../dependencies.ts'
import { invalidCursor } from '../errors.ts'
import { examples } from '../examples.ts'
import { answer, errors, ref } from '../schema-reference.ts'

const LIMIT_MAX = 1000

export const listDownloads: Route = async (app, { files, paths, now }) => {
  const path = paths.at('/api/video-scraper/downloads')
  const schema = {
    operationId: 'listDownloads',
    summary: 'List downloads',
    description: 'Own files, newest first, at most 1000; `Link: rel="next"` leads to the next ones.',
    tags: ['downloads'],
    querystring: Type.Object({
      limit: Type.Optional(
        Type.Integer({ minimum: 1, maximum: LIMIT_MAX, default: LIMIT_MAX, description: 'Files per page.' }),
      ),
      cursor: Type.Optional(Type.String({ maxLength: 400, description: 'From the `Link` of the page before.' })),
    }),
    response: {
      200: answer(Type.Array(ref<DownloadEntry>('DownloadEntry')), {
        description: 'A page of files.',
        examples: { page: examples.downloads },
        headers: { Link: { description: 'RFC 8288: `rel="next"`, when there is a next page.', type: 'string' } },
      }),
      ...errors('invalid_request', 'service_unavailable'),
    },
  }
  app.get<{ Querystring: { limit: number; cursor?: string } }>(path, { schema }, async (request, reply) => {
    const { limit, cursor } = request.query
    const page = await files.list(clientOf(request).owner, limit, cursor)
    if (page === null) throw invalidCursor()
    if (page.next !== null) {
      const next = `${path}?limit=${limit}&cursor=${page.next}`
      reply.header('link', `<${paths.absolute(next)}>; rel="next"`)
    }
    // What has expired is not listed, also when maintenance has not been there yet.
    const present = page.entries.filter(({ expiresAt }) => expiresAt === null || expiresAt > now())
    return present.map((entry) => fileView(entry, paths))
  })
}
