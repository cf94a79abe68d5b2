/** PUT /api/video-scraper/cookies/{name}: stores the cookies of a session. */
import {
  COOKIE_SET_NAME,
  COOKIES_BYTES_MAX,
  type CookieSetReply,
  type JsonCookie,
  JsonCookies,
} from '@video-scraper/contracts'
import { CookieProblem } from '@video-scraper/cookies'
import { cookieSetView } from '@video-scraper/views'
import { Type } from 'typebox'
import { clientOf } from '../../auth/client.ts'
import type { Route } from '../../dependencies.ts'
import { invalidRequest, RequestError } from '../../http/errors.ts'
import { strictBody } from '../../http/strict-body.ts'
import { LIST_COST } from '../../limits/request-cost.ts'
import { cookieExamples } from '../../openapi/examples/cookie-examples.ts'
import { REQUEST_EXAMPLES } from '../../openapi/request-examples.ts'
import { answer, errors, IdParameter, ref } from '../../openapi/schema-reference.ts'
import { storedCookies } from '../stored-cookies.ts'

const NAME = new RegExp(COOKIE_SET_NAME)
const Netscape = Type.String({ minLength: 1, maxLength: COOKIES_BYTES_MAX })
/** Without a name of its own: generators of clients make a class of each name, and this is a list. */
const { items: _, ...COOKIES } = JsonCookies
const SET = { description: 'What is known of the set.', examples: { stored: cookieExamples.fresh } }

export const putCookies: Route = async (app, { cookieSets, paths, now }) => {
  app.addContentTypeParser('text/plain', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  const schema = {
    operationId: 'putCookies',
    summary: 'Store cookies',
    description:
      'Stores the cookies of a session under a name, which requests for jobs then give as `cookies`. They replace all that lies under the name. The body is a file in the form of Netscape (`cookies.txt`, as `text/plain`) or an array of JSON, as extensions of browsers and Playwright export it; at most 256 KiB and 500 cookies. They are kept encrypted and shown by no answer. Use a session of its own: export it from a private window, and close that without signing out. When none of your sets was stored, changed or used for 180 days, all are removed.',
    tags: ['cookies'],
    params: IdParameter(
      'name',
      'The name of the set: 1 to 64 letters, digits, `_` and `-`; a letter or a digit first.',
    ),
    body: {
      content: {
        'application/json': { schema: { ...COOKIES, items: ref<JsonCookie>('JsonCookie') } },
        'text/plain': { schema: { type: 'string', description: 'A file in the form of Netscape.' } },
      },
    },
    [REQUEST_EXAMPLES]: { json: { value: cookieExamples.json } },
    response: {
      200: answer(ref<CookieSetReply>('CookieSetReply'), SET),
      201: answer(ref<CookieSetReply>('CookieSetReply'), {
        ...SET,
        headers: { Location: { description: 'The set.', type: 'string' } },
      }),
      ...errors(
        'invalid_request',
        'too_many_cookie_sets',
        'payload_too_large',
        'unsupported_media_type',
        'service_unavailable',
      ),
    },
  }
  app.put<{ Params: { name: string }; Body: string | JsonCookies }>(
    paths.api('/cookies/:name'),
    {
      schema,
      bodyLimit: COOKIES_BYTES_MAX,
      validatorCompiler: strictBody((body) => (typeof body === 'string' ? Netscape : JsonCookies)),
      config: { requestCost: LIST_COST },
    },
    async (request, reply) => {
      const { name } = request.params
      if (!NAME.test(name))
        throw invalidRequest([{ field: '/name', message: 'must be 1 to 64 letters, digits, _ or -' }])
      // A request without a type and a body meets no schema: they are chosen by the type.
      if (request.body === undefined) throw invalidRequest([{ field: '/', message: 'must be cookies' }])
      const sets = storedCookies(cookieSets)
      const stored = await sets.store(clientOf(request).owner, name, request.body).catch((error: unknown) => {
        throw error instanceof CookieProblem ? invalidCookies(error) : error
      })
      if (stored === null) throw new RequestError('too_many_cookie_sets')
      const { record, isNew } = stored
      if (isNew) reply.code(201).header('location', paths.absolute(paths.cookieSet(name)))
      return cookieSetView(record, now())
    },
  )
}

const invalidCookies = ({ message }: CookieProblem) =>
  new RequestError('invalid_request', { message, details: [{ field: '/', message }] })
