/** How a schema says of what kind a job is. It stands apart from the table of kinds, whose statuses are made with it. */
import { Type } from 'typebox'

/** The name of the vocabulary of kinds in the document; `table.ts` has its words. */
export const JOB_KIND_ID = 'JobKind'

/** Refers to the whole vocabulary: a constant in each alternative of a union breaks openapi-generator for PHP. */
export const KindWord = Type.Unsafe<string>({ $ref: `${JOB_KIND_ID}#` })
