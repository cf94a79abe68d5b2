/** GET /api/video-scraper/downloads: the files there are, newest first. */
import type { DownloadEntry, FileEntry } from '@video-scraper/contracts'
import { withinBound } from '@video-scraper/store'
import { fileView } from '@video-scraper/views'
import { type Static, Type } from 'typebox'
import { clientOf } from '../../auth/client.ts'
import type { Route } from '../../dependencies.ts'
import { invalidCursor } from '../../http/errors.ts'
import { LIST_COST } from '../../limits/request-cost.ts'
import { examples } from '../../openapi/examples/job-examples.ts'
import { answer, errors, ref } from '../../openapi/schema-reference.ts'
import { FileSearchQuery, fileSearch } from '../file-search.ts'
import { isOver } from '../own-file.ts'

const LIMIT_MAX = 1000

/** How many files a page names, those beside the media included. A single download may have some more than a hundred. */
const FILES_MAX = 2000

const Query = Type.Object({
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: LIMIT_MAX, default: LIMIT_MAX, description: 'Files per page.' }),
  ),
  cursor: Type.Optional(Type.String({ maxLength: 400, description: 'From the `Link` of the page before.' })),
  ...FileSearchQuery,
})
type Query = Static<typeof Query>

export const listDownloads: Route = async (app, { files, paths, now }) => {
  const path = paths.api('/downloads')
  const schema = {
    operationId: 'listDownloads',
    summary: 'List downloads',
    description:
      'Own downloads by their first media file, newest first, at most 1000, and fewer where they have more than 2000 files together; `role` lists the other files. `Link: rel="next"` leads to the next ones, whatever is added or removed meanwhile.',
    tags: ['downloads'],
    querystring: Query,
    response: {
      200: answer(Type.Array(ref<DownloadEntry>('DownloadEntry')), {
        description: 'A page of files.',
        examples: { page: examples.downloads },
        headers: { Link: { description: 'RFC 8288: `rel="next"`, when there is a next page.', type: 'string' } },
      }),
      ...errors('invalid_request', 'service_unavailable'),
    },
  }
  app.get<{ Querystring: Query }>(path, { schema, config: { requestCost: LIST_COST } }, async (request, reply) => {
    const { cursor, limit = LIMIT_MAX, ...filters } = request.query
    const found = await files.list(clientOf(request).owner, limit, cursor, fileSearch(filters))
    if (found === null) throw invalidCursor()
    const page = withinBound(found, FILES_MAX)
    if (page.next !== null) {
      const next = new URLSearchParams({ ...filters, limit: String(limit), cursor: page.next })
      reply.header('link', `<${paths.absolute(`${path}?${next}`)}>; rel="next"`)
    }
    // What has expired is not listed, also when maintenance has not been there yet.
    const entries = page.entries.filter((entry) => !isOver(entry, now()))
    const others = await files.findAll(entries.flatMap(({ otherFiles = [] }) => otherFiles))
    const isThere = (entry: FileEntry | undefined): entry is FileEntry => entry !== undefined && !isOver(entry, now())
    return entries.map((entry) =>
      fileView(entry, (entry.otherFiles ?? []).map((name) => others.get(name)).filter(isThere), paths),
    )
  })
}
