/** POST /api/video-scraper/download/{filename}/link: a link to a file that needs no key, for a browser or a player. */
import { CreateFileLinkBody, type FileLink, LINK_SECONDS_DEFAULT } from '@video-scraper/contracts'
import { instant } from '@video-scraper/views'
import type { Route } from '../../dependencies.ts'
import { allowEmptyBodies, optionalBody } from '../../http/optional-body.ts'
import { examples } from '../../openapi/examples/job-examples.ts'
import { answer, errors, IdParameter, ref, requestBody } from '../../openapi/schema-reference.ts'
import { FILE_ROUTE, fileLink } from '../file-link.ts'
import { ownFile } from '../own-file.ts'

export const createFileLink: Route = async (app, dependencies) => {
  allowEmptyBodies(app)
  const schema = {
    operationId: 'createFileLink',
    summary: 'Link to a file',
    description:
      'Gives an address of one file that needs no key and works for `GET` and `HEAD`, ranges included, until it expires. It is bound to this file and to `disposition`; nothing in it can be changed. Removing the file ends it, and so does taking its key out of `SECRET_KEYS`. The body may be empty.',
    tags: ['downloads'],
    params: IdParameter('filename', 'The `filename` of a completed download.'),
    ...requestBody('CreateFileLinkBody', { hour: { expires_in: LINK_SECONDS_DEFAULT } }),
    response: {
      200: answer(ref('FileLink'), { description: 'The link.', examples: { link: examples.fileLink } }),
      ...errors(
        'invalid_request',
        'not_found',
        'file_expired',
        'payload_too_large',
        'unsupported_media_type',
        'service_unavailable',
      ),
    },
  }
  app.post<{ Params: { filename: string }; Body?: CreateFileLinkBody }>(
    dependencies.paths.at(`${FILE_ROUTE}/link`),
    { schema, validatorCompiler: optionalBody(CreateFileLinkBody) },
    async (request): Promise<FileLink> => {
      const { filename } = await ownFile(dependencies, request, request.params.filename)
      const { expires_in: seconds = LINK_SECONDS_DEFAULT, disposition = 'attachment' } = request.body ?? {}
      // A signature counts whole seconds.
      const expiresAt = (Math.floor(dependencies.now() / 1000) + seconds) * 1000
      return {
        url: fileLink(dependencies, { filename, disposition, expiresAt }),
        expires_at: instant(expiresAt),
      }
    },
  )
}
