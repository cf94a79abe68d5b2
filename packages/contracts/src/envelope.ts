/** What the gateway puts into the queue for each job. */
import { type Static, Type } from 'typebox'
import { URL_LENGTH_MAX } from './jobs.ts'
import { JobKind, JobOptions, optionsOfKind } from './kinds/table.ts'
import type { Metadata } from './metadata.ts'
import { NullableString } from './nullable.ts'
import { newestVersionOf } from './options/canonical.ts'

/**
 * The newest version of the envelope below that is understood here. A worker delays a job of a newer version until it has
 * been upgraded itself. A gateway writes the lowest version that says all of a job (`payloadVersionOf`), and the version
 * before is read (`queue/src/envelope.ts`).
 */
export const PAYLOAD_VERSION = newestVersionOf(Object.values(optionsOfKind))

/** An address of `PUT_URL_LENGTH_MAX` characters, at most three bytes each, as base64, with the id of its key. */
const SEALED_LENGTH_MAX = 32_768

/** What the gateway puts into the queue. It never changes once it is there. */
export const JobEnvelope = Type.Object({
  version: Type.Integer({ minimum: 1 }),
  kind: JobKind,
  /** Whom the job and its file belong to: the API key's id, or `anonymous`. */
  owner: Type.String({ minLength: 1 }),
  /** Against whose limits the job counts: the key's id, or the client's address. */
  limitSubject: Type.String({ minLength: 1 }),
  url: Type.String({ minLength: 1, maxLength: URL_LENGTH_MAX }),
  /** In their canonical form. Empty: what is best. */
  options: JobOptions,
  /** Joins the log lines of the gateway and the worker. */
  requestId: Type.String(),
  /** When its time (`expires_in`) is over, in epoch milliseconds, by the clock of Redis. Absent: never. */
  expiresAt: Type.Optional(Type.Number()),
  /** The job that this one repeats, or null. */
  retryOf: NullableString(),
  /** True: nothing that is cached answers it. Absent in envelopes of earlier releases. */
  fresh: Type.Optional(Type.Boolean()),
  /** Of a job that a playlist has made: the id of the playlist, and which of its entries this is, counted from 0. */
  parent: Type.Optional(Type.Object({ id: Type.String({ minLength: 1 }), entry: Type.Integer({ minimum: 0 }) })),
  /** The client's own words. Absent: none. */
  metadata: Type.Optional(Type.Unsafe<Metadata>({ type: 'object', additionalProperties: { type: 'string' } })),
  /** Of the option `destination`: its address, sealed with one of `SECRET_KEYS` for this owner. */
  destination: Type.Optional(Type.Object({ sealed: Type.String({ maxLength: SEALED_LENGTH_MAX }) })),
  /** Whom to tell of the end of this job alone, and from which of `SECRET_KEYS` the secret is derived. */
  callback: Type.Optional(
    Type.Object({ url: Type.String({ minLength: 1, maxLength: URL_LENGTH_MAX }), secretKeyId: Type.String() }),
  ),
})
export type JobEnvelope = Static<typeof JobEnvelope>
