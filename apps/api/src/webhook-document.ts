/** What receivers of webhooks get, for the `webhooks` object of the OpenAPI document. */
import { WebhookEvent } from '@video-scraper/contracts'

const text = (description: string) => ({ type: 'string', description })

const parameters = [
  ['webhook-id', 'Of the event, the same in each attempt: whoever keeps it does nothing twice.'],
  ['webhook-timestamp', 'Of this attempt, in seconds since the epoch. Refuse what is older than a few minutes.'],
  ['webhook-signature', '`v1,` and the base64 of HMAC-SHA-256 over `id.timestamp.body`; several, with spaces between.'],
].map(([name, description]) => ({ name, in: 'header', required: true, description, schema: { type: 'string' } }))

const bodyOf = (event: WebhookEvent) => ({
  type: 'object',
  required: ['type', 'timestamp', 'sequence', 'data'],
  properties: {
    type: { const: event },
    timestamp: text('When it happened. RFC 3339, UTC.'),
    sequence: {
      type: 'integer',
      description: 'Grows with each event of the same job. Events may arrive in any order.',
    },
    data: { $ref: `#/components/schemas/${event.startsWith('job_') ? 'InfoStatusReply' : 'DownloadStatusReply'}` },
  },
})

const operation = (event: WebhookEvent) => ({
  post: {
    operationId: `on_${event}`,
    summary: event,
    description:
      '`data` is what GET of the job answers. Any 2xx within 15 seconds counts as delivered; 410 ends the registration; everything else is tried again for hours, not before `Retry-After` says. Redirects are not followed.',
    tags: ['webhooks'],
    parameters,
    requestBody: { required: true, content: { 'application/json': { schema: bodyOf(event) } } },
    responses: {
      '2XX': { description: 'Delivered.' },
      410: { description: 'The registration ends.' },
      default: { description: 'Tried again.' },
    },
  },
})

export const webhookDocument = Object.fromEntries(WebhookEvent.enum.map((event) => [event, operation(event)]))
