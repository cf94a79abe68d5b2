/** GET /api/video-scraper/cookies/{name}: what is known of a cookie set. */
import type { CookieSetReply } from '@video-scraper/contracts'
import { cookieSetView } from '@video-scraper/views'
import { clientOf } from '../../auth/client.ts'
import type { Route } from '../../dependencies.ts'
import { cookieExamples } from '../../openapi/examples/cookie-examples.ts'
import { answer, errors, IdParameter, ref } from '../../openapi/schema-reference.ts'
import { cookiesNotFound, storedCookies } from '../stored-cookies.ts'

export const getCookies: Route = async (app, { cookieSets, paths, now }) => {
  const schema = {
    operationId: 'getCookies',
    summary: 'Get cookie set',
    description:
      'Of which sites its cookies are, when they expire, and whether the site still took them when a job last used them. The cookies themselves are never shown.',
    tags: ['cookies'],
    params: IdParameter('name', 'The name of the set.'),
    response: {
      200: answer(ref<CookieSetReply>('CookieSetReply'), {
        description: 'What is known of the set.',
        examples: { used: cookieExamples.used },
      }),
      ...errors('not_found', 'service_unavailable'),
    },
  }
  app.get<{ Params: { name: string } }>(paths.api('/cookies/:name'), { schema }, async (request) => {
    const record = await storedCookies(cookieSets).find(clientOf(request).owner, request.params.name)
    if (record === null) throw cookiesNotFound()
    return cookieSetView(record, now())
  })
}
