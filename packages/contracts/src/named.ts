/** How one schema names another, so that the OpenAPI document holds each shape once and generators give it one name. */
import { type Static, type TSchema, Type } from 'typebox'

/** A reference to a schema that has an `$id`. Its type is that of the schema. */
export const refTo = <Schema extends TSchema>(schema: Schema) =>
  Type.Unsafe<Static<Schema>>({ $ref: `${nameOf(schema)}#` })

/**
 * A reference to an enumeration of which the surrounding object always holds one word. The document refers to the whole
 * enumeration: an enumeration of one word in each alternative of a union breaks generators (openapi-generator for PHP).
 */
export const wordOf = <Word extends string>(schema: TSchema, _word: Word) =>
  Type.Unsafe<Word>({ $ref: `${nameOf(schema)}#` })

/** Exactly one of these named schemas. */
export const oneOf = <Schemas extends TSchema[]>($id: string, schemas: Schemas, options: object = {}) =>
  Type.Unsafe<Static<Schemas[number]>>({ ...options, $id, oneOf: schemas.map(refTo) })

/** One of several shapes, distinguished by the word in `propertyName`; `byWord` has the shape of each word. */
export function discriminatedBy<Shape extends TSchema>(
  propertyName: string,
  $id: string,
  byWord: Record<string, Shape>,
  options: object = {},
) {
  const mapping = Object.fromEntries(
    Object.entries(byWord).map(([word, shape]) => [word, `#/components/schemas/${nameOf(shape)}`]),
  )
  return oneOf($id, Object.values(byWord), { ...options, discriminator: { propertyName, mapping } })
}

/** Throws for a schema without a name, which would have to be written out again. */
export function nameOf(schema: TSchema): string {
  const { $id } = schema as { $id?: string }
  if ($id === undefined) throw new Error('Only a schema with an $id can be referred to.')
  return $id
}
