/** Values that may be unknown. Spelled as `type: [x, 'null']`, which serialises faster than a union and reads better. */
import { type TSchemaOptions, Type } from 'typebox'

export const NullableString = (options: TSchemaOptions = {}) =>
  Type.Unsafe<string | null>({ ...options, type: ['string', 'null'] })

export const NullableNumber = (options: TSchemaOptions = {}) =>
  Type.Unsafe<number | null>({ ...options, type: ['number', 'null'] })

export const NullableInteger = (options: TSchemaOptions = {}) =>
  Type.Unsafe<number | null>({ ...options, type: ['integer', 'null'] })
