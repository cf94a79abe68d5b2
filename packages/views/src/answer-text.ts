/** How what is said in public becomes JSON: with the fields that its schema names, and no others (`docs/decisions/0066`). */
import { createKnownFields } from './known-fields.ts'
import { namedSchemas } from './named-schemas.ts'

const knownFieldsOf = createKnownFields(namedSchemas())

/** `schema`: of an answer or an event, where named schemas are referred to as `Name#`. Throws for one that it cannot read. */
export function answerTextOf(schema: object): (answer: unknown) => string {
  const filter = knownFieldsOf(schema)
  return (answer) => JSON.stringify(filter(answer))
}
