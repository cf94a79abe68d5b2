/** GET /api/video-scraper/cookies: own cookie sets. */
import { cookieSetView } from '@video-scraper/views'
import { clientOf } from '../../auth/client.ts'
import type { Route } from '../../dependencies.ts'
import { LIST_COST } from '../../limits/request-cost.ts'
import { cookieExamples } from '../../openapi/examples/cookie-examples.ts'
import { answer, errors, ref } from '../../openapi/schema-reference.ts'
import { storedCookies } from '../stored-cookies.ts'

export const listCookies: Route = async (app, { cookieSets, paths, now }) => {
  const schema = {
    operationId: 'listCookies',
    summary: 'List cookie sets',
    description: 'Own cookie sets by name, without their cookies; there are at most 20.',
    tags: ['cookies'],
    response: {
      200: answer(ref('CookieSetList'), { description: 'All of them.', examples: { all: cookieExamples.list } }),
      ...errors('service_unavailable'),
    },
  }
  app.get(paths.api('/cookies'), { schema, config: { requestCost: LIST_COST } }, async (request) => ({
    cookies: (await storedCookies(cookieSets).list(clientOf(request).owner)).map((set) => cookieSetView(set, now())),
  }))
}
