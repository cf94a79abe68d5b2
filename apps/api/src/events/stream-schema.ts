/** How the routes that stream events describe them. */
import { Type } from 'typebox'
import { errors } from '../openapi/schema-reference.ts'

export const STREAM_NOTE =
  'Server-sent events (`text/event-stream`): `snapshot` while it is under way, then one `end`, then the end of the answer. `data` is the body that `GET` of the job would give at that moment. Steps between may be left out; the `end` never is. `id` grows with each change, on every gateway: who comes back with `Last-Event-ID` is reported what is newer, and with the id of an `end` is answered 204, on which browsers stay away. A comment comes every 15 seconds.'

export const StreamHeaders = Type.Object({
  'Last-Event-ID': Type.Optional(
    Type.String({
      description:
        'The `id` of the last event that was received; anything else counts as none, also an id that is still to come.',
    }),
  ),
})

/** `body`: the schema of `data`, by name. */
export const streamAnswers = (body: string, example: { status: string }) => ({
  200: {
    description: `Events until the job has ended. Each \`data\` is one line of JSON: \`${body}\`.`,
    headers: { 'X-Accel-Buffering': { description: '`no`.', type: 'string' } },
    content: {
      'text/event-stream': {
        schema: Type.String({ description: `Events whose \`data\` is a \`${body}\`.` }),
        examples: { end: { value: `event: end\nid: 9\ndata: ${JSON.stringify(example)}\n\n` } },
      },
    },
  },
  204: { description: 'The client has seen the end already; there is nothing more to come.', type: 'null' },
  ...errors('invalid_request', 'not_found', 'too_many_requests', 'too_many_streams', 'service_unavailable'),
})
