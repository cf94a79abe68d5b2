/** Proves that every break of the API is found: each change below breaks the small document in one way, or is free. */
import { UserFacingError } from '../runtime/say.mjs'
import { narrows } from './compatibility/bounds.mjs'
import { breaksBetween } from './compatibility/operations.mjs'
import { breaks, document, freeChanges, narrower } from './compatibility/planted-document.mjs'

/** Throws an `UserFacingError` that names every change of which something else was said than is written beside it. */
export async function checkPlantedBreaks() {
  const unplanted = Object.keys(narrows).filter((keyword) => !(keyword in narrower))
  const problems = [
    ...unplanted.map((keyword) => `nobody has planted a break of ${keyword}`),
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
