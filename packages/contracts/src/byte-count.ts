/** Numbers of bytes: files are larger than what 32 bits can count, which typed clients must know. */
import { Type } from 'typebox'
import { NullableInteger } from './nullable.ts'

export const ByteCount = (description: string) => Type.Integer({ format: 'int64', minimum: 0, description })

export const NullableByteCount = () => NullableInteger({ format: 'int64' })
