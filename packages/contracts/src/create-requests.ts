/** What the POST of each kind of job takes: one address, or several with everything else for all of them. */
import { type TProperties, Type } from 'typebox'
import { URL_LENGTH_MAX } from './jobs.ts'
import { forEachKind, type JobKind, kinds } from './kinds/table.ts'
import { Metadata } from './metadata.ts'
import { oneOf } from './named.ts'
import { NullableString } from './nullable.ts'
import { type OptionTable, optionFields } from './options/option.ts'

export const BATCH_URLS_MAX = 100

const SourceUrl = Type.String({
  minLength: 1,
  maxLength: URL_LENGTH_MAX,
  description: 'The page or file with the video: absolute, http or https, without credentials.',
  examples: ['https://www.youtube.com/watch?v=dQw4w9WgXcQ'],
})

const Fresh = Type.Optional(
  Type.Boolean({
    description:
      'true: ask the source again, whatever is known about this address or lies in the library already. Absent: false.',
  }),
)

const JobCallbackUrl = NullableString({
  minLength: 1,
  maxLength: URL_LENGTH_MAX,
  description:
    'Is notified of the end of this job, as a registered webhook would be, signed with the `callback_secret` of the answer.',
})

/** Checked one by one: an address that is not valid is refused in its place, and the others are not. */
const urls = Type.Array(Type.String(), {
  minItems: 1,
  maxItems: BATCH_URLS_MAX,
  description: `1 to ${BATCH_URLS_MAX} addresses, each as \`url\` would be.`,
  examples: [['https://www.youtube.com/watch?v=dQw4w9WgXcQ', 'https://vimeo.com/76979871']],
})

/** What the body of every kind may hold beside the address and the options of the kind. */
const ofEveryKind = { fresh: Fresh, callback_url: Type.Optional(JobCallbackUrl), metadata: Type.Optional(Metadata) }

function requestsOf(kind: JobKind) {
  const { name, options } = kinds[kind]
  const others: TProperties = { ...optionFields<OptionTable>(options), ...ofEveryKind }
  const single = Type.Object(
    { url: SourceUrl, ...others },
    { $id: `Single${name}Request`, additionalProperties: false },
  )
  const batch = Type.Object({ urls, ...others }, { $id: `Batch${name}Request`, additionalProperties: false })
  // The gateway validates a body as the one of the two that it is, so that an error names its field.
  return { single, batch, either: oneOf(`${name}Request`, [single, batch]) }
}

/** Of each kind: the body for one address, the body for several, and the name for either. */
export const createRequests = forEachKind(requestsOf)

/** The fields that the bodies of all kinds have, and of the options the one that is kept in another form. */
export interface CreateRequest {
  url?: string
  urls?: string[]
  fresh?: boolean
  callback_url?: string | null
  metadata?: Metadata
  /** Of a download. */
  destination?: { put_url: string }
}
