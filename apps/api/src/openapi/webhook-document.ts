/** What receivers of webhooks get, for the `webhooks` object of the OpenAPI document. */
import { nameOf, WebhookEvent, webhookEvents } from '@video-scraper/contracts'

/** A tag of their own: an operation of a receiver is no operation of the gateway, and generators make one class of each tag. */
export const RECEIVER_TAG = 'webhook-events'

const parameters = [
  ['webhook-id', 'Of the event, the same in each attempt: whoever keeps it does nothing twice.'],
  ['webhook-timestamp', 'Of this attempt, in seconds since the epoch. Refuse what is older than a few minutes.'],
  ['webhook-signature', '`v1,` and the base64 of HMAC-SHA-256 over `id.timestamp.body`; several, with spaces between.'],
].map(([name, description]) => ({ name, in: 'header', required: true, description, schema: { type: 'string' } }))

/** `job_complete` becomes `onJobComplete`. */
const operationId = (event: WebhookEvent) =>
  `on${event
    .split('_')
    .map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`)
    .join('')}`

const operation = (event: WebhookEvent) => ({
  post: {
    operationId: operationId(event),
    summary: event,
    description:
      'Sent to your `callback_url`; it is no route of this service. `data` is what GET of the job answers. Any 2xx within 15 seconds counts as delivered; 410 ends the registration; everything else is tried again for hours, not before `Retry-After` says. Redirects are not followed.',
    tags: [RECEIVER_TAG],
    // The receiver knows the sender by the signature.
    security: [],
    parameters,
    requestBody: {
      required: true,
      content: { 'application/json': { schema: { $ref: `#/components/schemas/${nameOf(webhookEvents[event])}` } } },
    },
    responses: {
      '2XX': { description: 'Delivered.' },
      410: { description: 'The registration ends.' },
      default: { description: 'Tried again.' },
    },
  },
})

export const webhookDocument = Object.fromEntries(WebhookEvent.enum.map((event) => [event, operation(event)]))
