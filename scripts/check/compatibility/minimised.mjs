/** The part of an OpenAPI document that programs depend on: without what it says to people. */

const FOR_PEOPLE = new Set([
  'description',
  'summary',
  'title',
  'example',
  'examples',
  'tags',
  'externalDocs',
  'servers',
  'info',
])
/** Their keys are names that somebody has chosen, not words of OpenAPI. */
const MAPS = new Set([
  'properties',
  'schemas',
  'parameters',
  'headers',
  'responses',
  'content',
  'paths',
  'webhooks',
  'mapping',
])

/** The same document, smaller. `info.version` stays. */
export const minimised = (document) => ({
  openapi: document.openapi,
  info: { version: document.info.version },
  ...withoutTexts(document, false),
})

function withoutTexts(value, isMap) {
  if (Array.isArray(value)) return value.map((each) => withoutTexts(each, false))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key]) => isMap || !FOR_PEOPLE.has(key))
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutTexts(each, !isMap && MAPS.has(key))]))
}
