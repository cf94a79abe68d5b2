/** What is said about API keys: the bodies of the endpoints that manage them, which the command line uses, too. */
import { type Static, Type } from 'typebox'
import { Instant, NullableInstant } from './instants.ts'
import { refTo } from './named.ts'
import { NullableString } from './nullable.ts'

/**
 * What a key may do. `read` looks, `write` makes, cancels, retries and deletes, `cookies` stores, shows and deletes cookie sets
 * and names them in requests, `admin` manages keys. None implies another,
 * and none shows what belongs to another key.
 */
export const KeyScope = Type.Enum(['read', 'write', 'cookies', 'admin'], { $id: 'KeyScope', type: 'string' })
export type KeyScope = Static<typeof KeyScope>

const ownLimit = (description: string) =>
  Type.Unsafe<number | null>({ description, type: ['integer', 'null'], minimum: 0, maximum: Number.MAX_SAFE_INTEGER })

const ownLimits = {
  requests_per_minute: ownLimit('POST /info, /download and retry together.'),
  unfinished_downloads: ownLimit('Downloads that have not ended.'),
  storage_bytes: ownLimit('What the files of this key may take together.'),
}

const LIMITS = 'Limits of this key alone: null is the default of the service, 0 is no limit.'

export const KeyLimits = Type.Object(ownLimits, { $id: 'KeyLimits', description: LIMITS })
export type KeyLimits = Static<typeof KeyLimits>

const Name = Type.String({
  minLength: 1,
  maxLength: 100,
  // Neither line breaks nor other control characters: the name stands in lists.
  pattern: '^[^\\u0000-\\u001f\\u007f]+$',
  description: 'For people: who uses the key, and what for.',
  examples: ['media server'],
})

const Scopes = Type.Array(KeyScope, {
  minItems: 1,
  uniqueItems: true,
  description:
    '`read` looks, `write` makes, cancels and deletes, `cookies` stores and uses cookie sets, `admin` manages keys. None implies another.',
  examples: [['read', 'write']],
})

const ExpiresAt = NullableString({
  maxLength: 40,
  description: 'RFC 3339, in the future: from then on the key is refused. Null: never.',
  examples: ['2027-05-01T00:00:00Z'],
})

const AllowedAddresses = Type.Array(Type.String({ maxLength: 50 }), {
  maxItems: 50,
  uniqueItems: true,
  description: 'Addresses and CIDRs from which the key may be used. Empty: from anywhere.',
  examples: [['10.0.0.0/8', '2001:db8::/32']],
})

const givenLimits = Type.Optional(
  Type.Partial(Type.Object(ownLimits), {
    additionalProperties: false,
    description: LIMITS,
    examples: [{ requests_per_minute: 120, unfinished_downloads: 5, storage_bytes: 10_737_418_240 }],
  }),
)

export const CreateKeyBody = Type.Object(
  {
    name: Name,
    scopes: Scopes,
    expires_at: Type.Optional(ExpiresAt),
    allowed_addresses: Type.Optional(AllowedAddresses),
    limits: givenLimits,
  },
  { $id: 'CreateKeyBody', additionalProperties: false },
)
export type CreateKeyBody = Static<typeof CreateKeyBody>

export const UpdateKeyBody = Type.Object(
  {
    name: Type.Optional(Name),
    scopes: Type.Optional(Scopes),
    expires_at: Type.Optional(ExpiresAt),
    allowed_addresses: Type.Optional(AllowedAddresses),
    limits: givenLimits,
  },
  {
    $id: 'UpdateKeyBody',
    additionalProperties: false,
    minProperties: 1,
    description: 'What is absent stays as it is.',
  },
)
export type UpdateKeyBody = Static<typeof UpdateKeyBody>

const shown = {
  id: Type.String({ description: 'The key itself begins with `vsk_`, this id and `_`.' }),
  name: Type.String(),
  status: Type.Enum(['active', 'expired', 'revoked'], { $id: 'ApiKeyStatus', type: 'string' }),
  scopes: Type.Array(refTo(KeyScope)),
  allowed_addresses: Type.Array(Type.String(), { description: 'Empty: from anywhere.' }),
  limits: refTo(KeyLimits),
  created_at: Instant('When the key was made.'),
  expires_at: NullableInstant('When the key expires.', 'when it never does'),
  revoked_at: NullableInstant('When the key was revoked.', 'when it was not'),
  last_used_at: NullableInstant('When the key was last accepted, to the minute.', 'when it never was'),
  previous_valid_until: NullableInstant(
    'After a rotation: until when the secret before is accepted.',
    'when it is not',
  ),
}

export const ApiKey = Type.Object(shown, { $id: 'ApiKey', description: 'An API key, without its secret.' })
export type ApiKey = Static<typeof ApiKey>

export const IssuedKey = Type.Object(
  { ...shown, key: Type.String({ description: 'The key. It is shown this once and stored nowhere.' }) },
  { $id: 'IssuedKey', description: 'An API key with its secret.' },
)
export type IssuedKey = Static<typeof IssuedKey>

export const KeyList = Type.Object(
  {
    keys: Type.Array(refTo(ApiKey), { description: 'Newest first, revoked ones included.' }),
    next_cursor: NullableString({ description: 'Give it as `cursor` to get the next page; null on the last one.' }),
  },
  { $id: 'KeyList' },
)
export type KeyList = Static<typeof KeyList>
