/** DELETE /api/video-scraper/cookies/{name}: the cookies are gone, and no job gets them any more. */
import { Type } from 'typebox'
import { clientOf } from '../../auth/client.ts'
import type { Route } from '../../dependencies.ts'
import { ignoreBodies } from '../../http/ignore-bodies.ts'
import { errors, IdParameter } from '../../openapi/schema-reference.ts'
import { cookiesNotFound, storedCookies } from '../stored-cookies.ts'

export const deleteCookies: Route = async (app, { cookieSets, paths }) => {
  ignoreBodies(app)
  const schema = {
    operationId: 'deleteCookies',
    summary: 'Delete cookie set',
    description:
      'Removes the cookies. A job that runs goes on with its copy; one that has not begun fails with `cookies_expired`.',
    tags: ['cookies'],
    params: IdParameter('name', 'The name of the set.'),
    response: {
      204: Type.Null({ description: 'It is gone.' }),
      ...errors('invalid_request', 'not_found', 'payload_too_large', 'service_unavailable'),
    },
  }
  app.delete<{ Params: { name: string } }>(paths.api('/cookies/:name'), { schema }, async (request, reply) => {
    const isRemoved = await storedCookies(cookieSets).remove(clientOf(request).owner, request.params.name)
    if (!isRemoved) throw cookiesNotFound()
    return reply.code(204).send()
  })
}
