/** DELETE /api/video-scraper/download/{filename}: removes a file before its time. */
import type { Route } from '../../dependencies.ts'
import { ignoreBodies } from '../../http/ignore-bodies.ts'
import { errors, IdParameter } from '../../openapi/schema-reference.ts'
import { FILE_ROUTE } from '../file-link.ts'
import { ownFile } from '../own-file.ts'
import { removeFile } from '../remove-file.ts'

export const deleteFile: Route = async (app, dependencies) => {
  ignoreBodies(app)
  const { paths } = dependencies
  const schema = {
    operationId: 'deleteFile',
    summary: 'Remove file',
    description:
      'Removes one file for good; other files of its download stay. Whoever is fetching it gets it to the end; the status of its download says `expired: true` from now on. A second time is 404.',
    tags: ['downloads'],
    params: IdParameter('filename', 'The `filename` of a completed download.'),
    response: {
      204: { description: 'The file is gone.', type: 'null' },
      ...errors('invalid_request', 'not_found', 'file_expired', 'payload_too_large', 'service_unavailable'),
    },
  }
  app.delete<{ Params: { filename: string } }>(paths.at(FILE_ROUTE), { schema }, async (request, reply) => {
    await removeFile(dependencies, await ownFile(dependencies, request, request.params.filename), request.log)
    return reply.code(204).send()
  })
}
