/** The examples of webhooks in the OpenAPI document. */

const WEBHOOK_ID = 'wh_0a1b2c3d4e5f60718293a4b5c6d7e8f9'
const DELIVERY_ID = 'msg_9f8e7d6c5b4a39281706f5e4d3c2b1a0'
const SECRET = 'whsec_3q2+7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='

/** A name that nobody can own (RFC 2606), so that trying the example tells nobody of your jobs. */
const RECEIVER = 'https://receiver.example/webhook'

const active = {
  webhook_id: WEBHOOK_ID,
  callback_url: RECEIVER,
  events: ['job_complete', 'download_complete'],
  created_at: '2026-05-01T12:30:00.000Z',
  status: 'active',
  status_since: null,
  last_delivered_at: '2026-05-01T12:34:56.200Z',
}

export const webhookExamples = {
  requests: {
    register: { webhook: { callback_url: RECEIVER, events: ['job_complete', 'download_complete'] } },
    change: { pause: { status: 'paused' }, resume: { status: 'active' } },
    replay: { skipped: { status: 'skipped' } },
  },
  registered: { ...active, last_delivered_at: null, secret: SECRET },
  active,
  paused: { ...active, status: 'paused', status_reason: 'failing', status_since: '2026-05-02T08:00:00.000Z' },
  list: { webhooks: [active] },
  rotated: { webhook_id: WEBHOOK_ID, secret: SECRET, previous_secret_valid_until: '2026-05-02T12:30:00.000Z' },
  deliveryAccepted: { delivery_id: DELIVERY_ID, status: 'pending' },
  deliveriesAccepted: { count: 12, status: 'pending' },
  deliveries: {
    deliveries: [
      {
        delivery_id: DELIVERY_ID,
        event: 'download_complete',
        subject_id: 'download_0a1b2c3d4e5f60718293a4b5c6d7e8f9',
        status: 'delivered',
        created_at: '2026-05-01T12:34:56.100Z',
        attempts: 1,
        next_attempt_at: null,
        last_attempts: [
          {
            at: '2026-05-01T12:34:56.120Z',
            latency_ms: 80,
            response_status: 200,
            response_body: 'ok',
            error: null,
          },
        ],
      },
    ],
    next_cursor: null,
  },
} as const
