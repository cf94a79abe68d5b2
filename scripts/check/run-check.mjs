/** The checks that need no running program: types, the API document, style, import directions, unused code. */

import { checkApiDocument } from './api-document.mjs'
import { checkClientTypes } from './client-types.mjs'
import { checkErrorDocument } from './error-document.mjs'
import { checkImportDirections } from './import-directions.mjs'
import { checkLicences } from './licences.mjs'
import { checkPlantedBreaks } from './planted-breaks.mjs'
import { checkReleasedDocument } from './released-document.mjs'
import { checkRetiredWords } from './retired-words.mjs'
import { runTool, step } from './step.mjs'

const steps = {
  types: () => runTool('typescript/bin/tsc', ['-b', '--pretty', 'false']),
  // From what the step before has compiled.
  'API document': checkApiDocument,
  'last release': checkReleasedDocument,
  'a break is found': checkPlantedBreaks,
  'client types': checkClientTypes,
  'error codes': checkErrorDocument,
  'style and lint': () => runTool('@biomejs/biome/bin/biome', ['ci', '--colors=off', '.']),
  'import directions': checkImportDirections,
  licences: checkLicences,
  'plain words': checkRetiredWords,
  // Imported only now: the parser is installed by the setup that comes before the check.
  'Lua scripts': async () => (await import('./lua-scripts.mjs')).checkLuaScripts(),
  'the Lua rules can fail': async () => (await import('./planted-lua.mjs')).checkPlantedLua(),
  'unused code': () => runTool('knip/bin/knip.js', ['--no-progress', '--no-config-hints']),
}

/** Runs every step, also after one has failed. Resolves to whether all held. */
export async function runCheck() {
  let held = true
  for (const [name, work] of Object.entries(steps)) held = (await step(name, work)) && held
  return held
}
