/** How answers become JSON: with the fields that their schemas name, and no others (`docs/decisions/0066`). */
import { namedSchemas } from './document/named-schemas.ts'
import { createKnownFields } from './known-fields.ts'
import { ref } from './schema-reference.ts'

const knownFieldsOf = createKnownFields(namedSchemas())

/** `schema`: of an answer, as a route has it. */
export function answerTextOf(schema: object): (answer: unknown) => string {
  const filter = knownFieldsOf(schema)
  return (answer) => JSON.stringify(filter(answer))
}

/** Of every refusal, also where no route was found that could have a schema for it. */
export const errorTextOf = answerTextOf(ref('ErrorReply'))
