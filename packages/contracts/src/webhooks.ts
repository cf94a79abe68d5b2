/** Webhooks: what a client registers, what it is sent, and what it can look up afterwards. */
import { type Static, Type } from 'typebox'
import { Instant, NullableInstant } from './instants.ts'
import { URL_LENGTH_MAX } from './jobs.ts'
import type { FinalState } from './kinds/define-kind.ts'
import { type JobKind, jobKinds, kinds } from './kinds/table.ts'
import { refTo, wordOf } from './named.ts'
import { NullableInteger, NullableString } from './nullable.ts'

const wordsOf = (kind: JobKind) => Object.values(kinds[kind].events)

/** What a client can be notified about (the specification, "Webhooks", plus the ways in which a job ends badly). */
export type WebhookEvent = { [Kind in JobKind]: (typeof kinds)[Kind]['events'][FinalState] }[JobKind]
export const webhookEventWords = jobKinds.flatMap(wordsOf) as WebhookEvent[]
export const WebhookEvent = Type.Enum(webhookEventWords, {
  $id: 'WebhookEvent',
  type: 'string',
  description: `${jobKinds.map((kind) => kinds[kind].eventsNote).join(', ')}.`,
})

/** `test` is sent on request alone. */
export const DeliveredEvent = Type.Enum([...webhookEventWords, 'test' as const], {
  $id: 'DeliveredEvent',
  type: 'string',
})
export type DeliveredEvent = Static<typeof DeliveredEvent>

/**
 * `active`: events are sent. `paused`: they are written into the log and can be replayed. `ended`: the receiver answered
 * 410, and nothing is sent or written down until the client makes it active again.
 */
export const WebhookStatus = Type.Enum(['active', 'paused', 'ended'], { $id: 'WebhookStatus', type: 'string' })
export type WebhookStatus = Static<typeof WebhookStatus>

/** Why a registration is not active. */
export const WebhookReason = Type.Enum(['requested', 'failing', 'backlog', 'gone'], {
  $id: 'WebhookReason',
  type: 'string',
  description:
    '`requested` by you; `failing`: a delivery failed to its end; `backlog`: too many deliveries wait; `gone`: the receiver answered 410.',
})
export type WebhookReason = Static<typeof WebhookReason>

const CallbackUrl = Type.String({
  minLength: 1,
  maxLength: URL_LENGTH_MAX,
  description: 'Where events are posted: absolute, http or https, without credentials, reachable from the internet.',
  examples: ['https://receiver.example/webhook'],
})

const Events = Type.Array(WebhookEvent, {
  minItems: 1,
  maxItems: 20,
  description: 'Which events are sent.',
  examples: [['job_complete', 'download_complete']],
})

export const RegisterWebhookBody = Type.Object(
  { callback_url: CallbackUrl, events: Events },
  { $id: 'RegisterWebhookBody', additionalProperties: false },
)
export type RegisterWebhookBody = Static<typeof RegisterWebhookBody>

export const ChangeWebhookBody = Type.Object(
  {
    callback_url: Type.Optional(CallbackUrl),
    events: Type.Optional(Events),
    status: Type.Optional(
      Type.Enum(['active', 'paused'], {
        $id: 'WantedWebhookStatus',
        type: 'string',
        description: 'Pauses, or starts again whatever the reason of the pause was.',
      }),
    ),
  },
  { $id: 'ChangeWebhookBody', additionalProperties: false, minProperties: 1 },
)
export type ChangeWebhookBody = Static<typeof ChangeWebhookBody>

const registration = {
  webhook_id: Type.String(),
  callback_url: Type.String(),
  events: Type.Array(refTo(WebhookEvent)),
  created_at: Instant('When it was made.'),
  status: refTo(WebhookStatus),
  status_reason: Type.Optional(refTo(WebhookReason)),
  status_since: NullableInstant('When the status last changed.', 'when it never has'),
  last_delivered_at: NullableInstant('When the receiver last took a delivery.', 'when it never has'),
}

export const WebhookReply = Type.Object(registration, { $id: 'WebhookReply', description: 'A registration.' })
export type WebhookReply = Static<typeof WebhookReply>

export const Secret = Type.String({
  description: 'Signs what is sent (Standard Webhooks 1.0). Shown in this answer alone.',
  examples: ['whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'],
})

export const RegisteredWebhookReply = Type.Object(
  { ...registration, secret: Secret },
  { $id: 'RegisteredWebhookReply', description: 'A registration with its secret.' },
)
export type RegisteredWebhookReply = Static<typeof RegisteredWebhookReply>

export const RotatedSecretReply = Type.Object(
  {
    webhook_id: Type.String(),
    secret: Secret,
    previous_secret_valid_until: Instant('Until then everything is signed with both secrets.'),
  },
  { $id: 'RotatedSecretReply' },
)
export type RotatedSecretReply = Static<typeof RotatedSecretReply>

export const WebhookList = Type.Object(
  { webhooks: Type.Array(refTo(WebhookReply), { description: 'Newest first.' }) },
  { $id: 'WebhookList' },
)
export type WebhookList = Static<typeof WebhookList>

/** `skipped`: the registration was paused. */
export const DeliveryStatus = Type.Enum(['pending', 'delivered', 'failed', 'skipped'], {
  $id: 'DeliveryStatus',
  type: 'string',
})
export type DeliveryStatus = Static<typeof DeliveryStatus>

export const DeliveryAttempt = Type.Object(
  {
    at: Instant('When it began.'),
    latency_ms: Type.Integer(),
    response_status: NullableInteger({ description: 'Null: there was no answer; `error` says why.' }),
    response_body: NullableString({ description: 'The first bytes of the answer, as text.' }),
    error: NullableString({ description: 'Why the attempt does not count as delivered.' }),
  },
  { $id: 'DeliveryAttempt', description: 'One attempt to deliver an event.' },
)
export type DeliveryAttempt = Static<typeof DeliveryAttempt>

export const DeliveryReply = Type.Object(
  {
    delivery_id: Type.String({ description: 'The header `webhook-id` of every attempt.' }),
    event: refTo(DeliveredEvent),
    subject_id: NullableString({ description: 'The `job_id` or `download_id` that the event is about.' }),
    status: refTo(DeliveryStatus),
    created_at: Instant('When it was made.'),
    attempts: Type.Integer(),
    next_attempt_at: NullableInstant('When the next attempt is due.', 'when none is'),
    last_attempts: Type.Array(refTo(DeliveryAttempt), { description: 'The last ten, newest first.' }),
  },
  { $id: 'DeliveryReply', description: 'One event on its way to one receiver.' },
)
export type DeliveryReply = Static<typeof DeliveryReply>

export const DeliveryList = Type.Object(
  {
    deliveries: Type.Array(refTo(DeliveryReply), { description: 'Newest first.' }),
    next_cursor: NullableString({ description: 'Give it as `cursor` to get the next page; null on the last one.' }),
  },
  { $id: 'DeliveryList' },
)
export type DeliveryList = Static<typeof DeliveryList>

export const DeliveryAccepted = Type.Object(
  { delivery_id: Type.String(), status: wordOf(DeliveryStatus, 'pending') },
  { $id: 'DeliveryAccepted', description: 'It is on its way; the log of deliveries says what became of it.' },
)
export type DeliveryAccepted = Static<typeof DeliveryAccepted>

/** Which deliveries of a log are sent again. */
export const ReplayDeliveriesBody = Type.Object(
  {
    status: Type.Enum(['skipped', 'failed', 'pending'], {
      $id: 'ReplayedStatus',
      type: 'string',
      description: 'Those that the log says this of.',
    }),
  },
  { $id: 'ReplayDeliveriesBody', additionalProperties: false },
)
export type ReplayDeliveriesBody = Static<typeof ReplayDeliveriesBody>

export const DeliveriesAccepted = Type.Object(
  { count: Type.Integer({ description: 'How many are sent again.' }), status: wordOf(DeliveryStatus, 'pending') },
  { $id: 'DeliveriesAccepted' },
)
export type DeliveriesAccepted = Static<typeof DeliveriesAccepted>

/** The version of the two payloads below; every version stays readable for one release. */
export const WEBHOOK_PAYLOAD_VERSION = 1

/** What is put aside before a job's end is written: somebody wants to hear of this job. */
export const OutboxEntry = Type.Object({
  version: Type.Integer({ minimum: 1 }),
  jobId: Type.String({ minLength: 1 }),
  /** Epoch milliseconds. */
  announcedAt: Type.Integer(),
})
export type OutboxEntry = Static<typeof OutboxEntry>

/** Where a delivery goes: to a registration, or to the callback of one job. */
export const DeliveryTarget = Type.Union([
  Type.Object({ webhookId: Type.String() }),
  Type.Object({ callbackUrl: Type.String(), secretKeyId: Type.String(), jobId: Type.String() }),
])
export type DeliveryTarget = Static<typeof DeliveryTarget>

/** One event for one receiver. */
export const Delivery = Type.Object({
  version: Type.Integer({ minimum: 1 }),
  deliveryId: Type.String({ minLength: 1 }),
  target: DeliveryTarget,
  /** 0, and one more each time it is asked for again. */
  round: Type.Integer({ minimum: 0 }),
  /** The whole body, as it is sent. Null: it is long, and each attempt draws it from the record of the job. */
  text: Type.Union([Type.String(), Type.Null()]),
})
export type Delivery = Static<typeof Delivery>
