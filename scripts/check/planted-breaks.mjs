/** Proves that every break of the API is found: each change below breaks the small document in one way, or is free. */
import { UserFacingError } from '../runtime/say.mjs'
import { breaksBetween } from './compatibility/operations.mjs'
import { breaks, document, freeChanges } from './compatibility/planted-document.mjs'

/** Throws an `UserFacingError` that names every change of which something else was said than is written beside it. */
export async function checkPlantedBreaks() {
  const problems = [
    ...Object.entries(breaks).flatMap(([name, [change, expected]]) => {
      const found = foundAfter(change)
      const isRight = found.length === 1 && expected.test(found[0])
      return isRight ? [] : [`${name}: ${JSON.stringify(found)} was found, and ${expected} alone should be`]
    }),
    ...Object.entries(freeChanges).flatMap(([name, change]) => {
      const found = foundAfter(change)
      return found.length === 0 ? [] : [`${name} is free, and ${JSON.stringify(found)} was found`]
    }),
    ...(isUnknownKeywordRefused() ? [] : ['a keyword without a rule was passed over']),
  ]
  if (problems.length > 0) throw new UserFacingError(problems.join('\n'))
}

function foundAfter(change) {
  const changed = structuredClone(document)
  change({ ...changed, operation: changed.paths['/jobs'].post, fields: changed.components.schemas })
  return breaksBetween(document, changed)
}

function isUnknownKeywordRefused() {
  try {
    foundAfter(({ fields }) => Object.assign(fields.Request.properties.url, { dependentRequired: {} }))
    return false
  } catch ({ message }) {
    return message.includes('dependentRequired')
  }
}
