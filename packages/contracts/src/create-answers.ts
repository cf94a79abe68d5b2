/** What the POST of each kind of job answers: for one address, and for each of several. */
import { type Static, type TSchema, Type } from 'typebox'
import { jobExpiresAt, retryOf } from './job-status.ts'
import { statusForms } from './kinds/status-form.ts'
import { forEachKind, type JobKind, jobKinds, kinds, kindsOfForm } from './kinds/table.ts'
import { oneOf, refTo, wordOf } from './named.ts'
import { Secret } from './webhooks.ts'
import { AcceptedStatus } from './words.ts'

export const RefusedUrl = Type.Object(
  {
    url: Type.String({ description: 'As it was sent.' }),
    error: Type.String({ description: 'Why there is no job for it, for people.' }),
    status_code: Type.Integer({ description: 'The status that a request for this address alone would have had.' }),
    code: Type.String({ description: 'The same for programs.' }),
  },
  { $id: 'RefusedUrl', description: 'An address of a batch for which no job was made.' },
)
export type RefusedUrl = Static<typeof RefusedUrl>

function acceptedOf(kind: JobKind): TSchema {
  const { name, form } = kinds[kind]
  const { idKey, accepted, idFirst } = statusForms[form]
  const id = { [idKey]: Type.String() }
  const status = { status: wordOf(AcceptedStatus, accepted) }
  const beginning = idFirst ? { ...id, ...status } : { ...status, ...id }
  return Type.Object(
    {
      ...beginning,
      message: Type.String(),
      job_expires_at: jobExpiresAt,
      callback_secret: Type.Optional(Secret),
      retry_of: retryOf,
    },
    { $id: `${name}Accepted` },
  )
}

function answersOf(kind: JobKind) {
  const { name } = kinds[kind]
  const accepted = acceptedOf(kind)
  const entry = oneOf(`${name}BatchEntry`, [accepted, RefusedUrl])
  const jobs = Type.Array(refTo(entry), {
    description:
      'One for each address, in their order: what a request for it alone is answered, or why it was refused.',
  })
  const batch = Type.Object({ jobs }, { $id: `${name}BatchAccepted` })
  return { accepted, entry, batch, either: oneOf(`${name}Acceptance`, [accepted, batch]) }
}

/** Of each kind: the 202 for one address, an entry of the 202 for several, that 202, and the name for either 202. */
export const createAnswers = forEachKind(answersOf)

/**
 * The 202 of a retry, which is that of the job's own POST. Kinds of one form are accepted alike, so the first of each form stands for
 * all of them: an answer fits exactly one shape.
 */
export const RetryAcceptance = oneOf(
  'RetryAcceptance',
  jobKinds.filter((kind) => kindsOfForm(kinds[kind].form)[0] === kind).map((kind) => createAnswers[kind].accepted),
)
