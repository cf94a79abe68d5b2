/** `metadata`: a client's own words about a job, such as the number of its order. Nothing here reads them. */
import { type Static, Type } from 'typebox'

export const METADATA_ENTRIES_MAX = 16
export const METADATA_VALUE_LENGTH_MAX = 500
/** Of all names and values together, as UTF-8. They stand in the record of the job, in each line of the list, and in webhooks. */
export const METADATA_BYTES_MAX = 2048

/** No name holds a colon, so `name:value` says one entry (`GET /jobs`). */
const NAME = '^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$'

/** A map of texts. Its total size is checked by `metadataBytes`: a schema cannot say it. */
export const Metadata = Type.Unsafe<Readonly<Record<string, string>>>({
  $id: 'Metadata',
  type: 'object',
  maxProperties: METADATA_ENTRIES_MAX,
  propertyNames: { pattern: NAME },
  additionalProperties: { type: 'string', maxLength: METADATA_VALUE_LENGTH_MAX },
  description: `Your own texts about the job, by names of your own. At most ${METADATA_ENTRIES_MAX}; a name has 1 to 40 letters, digits, \`_\`, \`.\` or \`-\`, a value at most ${METADATA_VALUE_LENGTH_MAX} characters, all together ${METADATA_BYTES_MAX} bytes. They come back in the status, the list of jobs and webhooks, and the list can be narrowed down to them.`,
  examples: [{ order: '4711', customer: 'north' }],
})
export type Metadata = Static<typeof Metadata>

/** What one entry looks like in a query: the name, a colon, the value. */
export const METADATA_PAIR = `^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}:`

const utf8 = new TextEncoder()

/** What it takes: names and values as UTF-8, in bytes. */
export const metadataBytes = (metadata: Metadata): number =>
  Object.entries(metadata).reduce((sum, pair) => sum + utf8.encode(pair.join('')).length, 0)
