/** POST /api/video-scraper/status/{download_id}/files.zip/link: a link to all files of a download that needs no key. */
import { CreateArchiveLinkBody, type FileLink, LINK_SECONDS_DEFAULT } from '@video-scraper/contracts'
import { instant } from '@video-scraper/views'
import type { Route } from '../../dependencies.ts'
import { allowEmptyBodies, optionalBody } from '../../http/optional-body.ts'
import { requireOwnedJob } from '../../jobs/require-owned-job.ts'
import { examples } from '../../openapi/examples/job-examples.ts'
import { answer, errors, IdParameter, ref, requestBody } from '../../openapi/schema-reference.ts'
import { ARCHIVE_ROUTE, archiveLink } from '../file-link.ts'
import { archivedFiles } from '../own-archive.ts'

export const createArchiveLink: Route = async (app, dependencies) => {
  allowEmptyBodies(app)
  const schema = {
    operationId: 'createArchiveLink',
    summary: 'Link to all files',
    description:
      'Gives an address of the archive of one download that needs no key and works for `GET` and `HEAD` until it expires. Taking its key out of `SECRET_KEYS` ends it. The body may be empty.',
    tags: ['downloads'],
    params: IdParameter('download_id', 'The `download_id` of POST /download.'),
    ...requestBody('CreateArchiveLinkBody', { hour: { expires_in: LINK_SECONDS_DEFAULT } }),
    response: {
      200: answer(ref('FileLink'), { description: 'The link.', examples: { link: examples.archiveLink } }),
      ...errors(
        'invalid_request',
        'not_found',
        'file_expired',
        'job_not_finished',
        'payload_too_large',
        'unsupported_media_type',
        'service_unavailable',
      ),
    },
  }
  app.post<{ Params: { download_id: string }; Body?: CreateArchiveLinkBody }>(
    dependencies.paths.at(`${ARCHIVE_ROUTE}/link`),
    { schema, validatorCompiler: optionalBody(CreateArchiveLinkBody) },
    async (request): Promise<FileLink> => {
      const job = await requireOwnedJob(dependencies.jobs, request, request.params.download_id)
      await archivedFiles(dependencies, job)
      const { expires_in: seconds = LINK_SECONDS_DEFAULT } = request.body ?? {}
      // A signature counts whole seconds.
      const expiresAt = (Math.floor(dependencies.now() / 1000) + seconds) * 1000
      return { url: archiveLink(dependencies, job.id, expiresAt), expires_at: instant(expiresAt) }
    },
  )
}
