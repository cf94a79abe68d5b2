/** Tells imports that vanish when compiling from those that stay. dependency-cruiser cannot, where swc reads for it. */
import { readFileSync } from 'node:fs'

/** Rules that are about what runs: a view may name a shape of the queue's, as long as it calls nothing there. */
const rulesAboutValues = new Set(['views-are-pure', 'tasks-know-no-queue'])

const importsOf = (text, specifier) =>
  [...text.matchAll(/^\s*(?:import|export)\b([^'"]*)\bfrom\s*['"]([^'"]+)['"]/gm)].filter(
    (match) => match[2] === specifier,
  )

/** Whether the file at `path` takes nothing but types from `specifier`, which it imports. */
function takesOnlyTypes(path, specifier) {
  const imports = importsOf(readFileSync(path, 'utf8'), specifier)
  return imports.length > 0 && imports.every(([, names]) => /^\s+type\b/.test(names))
}

/** Whether a violation is none, because its rule is about values and the import is not. */
export const isAboutTypesOnly = (root, { rule, from, specifier }) =>
  rulesAboutValues.has(rule) && takesOnlyTypes(`${root}/${from}`, specifier)
