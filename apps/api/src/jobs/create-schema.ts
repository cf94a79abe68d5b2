/** How POST /info and POST /download describe what they take and give beyond the one job request and its 202. */
import { BATCH_URLS_MAX } from '@video-scraper/contracts'
import { type TSchema, Type } from 'typebox'
import { RequestError } from '../http/errors.ts'
import { WAIT_SECONDS_MAX } from '../http/preferences.ts'
import { strictBody } from '../http/strict-body.ts'
import { rateLimitHeaders } from '../limits/rate-limit-fields.ts'

/** A hundred addresses of the greatest length, with space for what JSON adds to them. */
export const CREATE_BYTES_MAX = 512 * 1024

const Prefer = Type.Optional(
  Type.String({
    description: `\`wait=N\`, 1 to ${WAIT_SECONDS_MAX} seconds (RFC 7240): hold the answer until the job has ended, at most so long. A longer wait is cut to ${WAIT_SECONDS_MAX}; one that is malformed, and every other preference, is ignored. When too many requests are waiting the answer comes at once, and so it does on a request with a \`callback_url\` or with \`urls\`.`,
  }),
)

export const WaitHeaders = Type.Object({ Prefer })

export const CreateHeaders = Type.Object({
  'Idempotency-Key': Type.Optional(
    Type.String({
      description:
        'Makes it safe to repeat this request. For 24 hours the same key with the same body gives the first answer and the same jobs, whatever became of the connection, and counts against no limit; with another body it is 422. 1 to 255 visible ASCII characters, quoted or not. A refused request is not remembered.',
    }),
  ),
  Prefer,
})

export const PREFERENCE_APPLIED = {
  'Preference-Applied': {
    description:
      '`wait=N`, when the answer was held for up to N seconds. `respond-async`, when a wait was asked for and the answer came at once, since the request has a `callback_url` or `urls`.',
    type: 'string',
  },
}

export const CREATE_REPLY_HEADERS = {
  ...PREFERENCE_APPLIED,
  'Idempotency-Replayed': { description: '`true` when an earlier request made the jobs.', type: 'string' },
}

/** Of a 200, which only a request that waits for the end gets. */
export const CREATE_ENDED_HEADERS = {
  Location: { description: 'Where to ask for the status.', type: 'string' },
  ...rateLimitHeaders,
  ...CREATE_REPLY_HEADERS,
}

export const REFUSED_URL = {
  url: 'ftp://example.com/video',
  error: 'The url must be an absolute http or https address of at most 4096 characters, without credentials.',
  status_code: 400,
  code: 'invalid_url',
}

export const BATCH_NOTE = `With \`urls\` (1 to ${BATCH_URLS_MAX}) instead of \`url\` a job is made for each address. The answer is then 202 with one entry in \`jobs\` for each, in order, also when some or all were refused, and \`Prefer: wait\` is ignored. Each address counts against the limits; when not even the first one fits into the rate limit, the whole request is 429.`

/** Exactly one of `url` and `urls`. */
export const oneOrSeveral = (one: TSchema, several: TSchema) =>
  strictBody((body) => {
    if (typeof body !== 'object' || body === null || !('urls' in body)) return one
    return 'url' in body ? bothGiven() : several
  })

const bothGiven = () =>
  new RequestError('invalid_request', {
    message: 'The request is not valid: give url for one address, or urls for several, and not both.',
    details: [{ field: '/urls', message: 'must not stand beside url' }],
  })

/** Of the two operations that show a status, each for the id of the other. */
export const OTHER_KIND = {
  description: 'The id is that of a job of the other kind, whose status is at `Location`.',
  headers: { Location: { description: 'The status of that job.', type: 'string' } },
  type: 'null',
}
