/** Instants as every answer holds them: RFC 3339 in UTC. The one exception is `created`, whose form the specification gives. */
import { Type } from 'typebox'
import { NullableString } from './nullable.ts'

export const Instant = (what: string) => Type.String({ format: 'date-time', description: `${what} RFC 3339, UTC.` })

/** `otherwise` completes the sentence "null …". */
export const NullableInstant = (what: string, otherwise = 'when it has not happened') =>
  NullableString({ format: 'date-time', description: `${what} RFC 3339, UTC; null ${otherwise}.` })

/** A condition of a search, as a client writes it. */
export const instantCondition = (what: string) =>
  Type.Optional(Type.String({ format: 'date-time', maxLength: 40, description: `${what} RFC 3339.` }))
