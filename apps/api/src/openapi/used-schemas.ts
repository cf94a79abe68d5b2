/** Leaves out of a document the schemas that nothing in it refers to, such as those of keys where there are none. */
import type { OpenApiDocument } from './openapi-types.ts'

const REFERENCE = /"#\/components\/schemas\/([^"]+)"/g

export function withUsedSchemas(document: OpenApiDocument): OpenApiDocument {
  const { schemas, ...otherComponents } = document.components
  const used = new Set<string>()
  const follow = (part: unknown): void => {
    // A discriminator refers by a plain text; every text of this form is a reference.
    for (const [, name = ''] of JSON.stringify(part).matchAll(REFERENCE)) {
      if (used.has(name)) continue
      used.add(name)
      if (schemas[name] !== undefined) follow(schemas[name])
    }
  }
  follow({ ...document, components: otherComponents })
  const kept = Object.entries(schemas).filter(([name]) => used.has(name))
  return { ...document, components: { ...document.components, schemas: Object.fromEntries(kept) } }
}
