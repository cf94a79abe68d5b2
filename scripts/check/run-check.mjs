/** The checks that need no running program: types, the API document, style, import directions, unused code. */

import { checkApiDocument } from './api-document.mjs'
import { checkClientTypes } from './client-types.mjs'
import { checkImportDirections } from './import-directions.mjs'
import { checkLicences } from './licences.mjs'
import { checkLuaScripts } from './lua-scripts.mjs'
import { checkPlantedImports } from './planted-imports.mjs'
import { checkPlantedLua } from './planted-lua.mjs'
import { runTool, step } from './step.mjs'

const steps = {
  types: () => runTool('typescript/bin/tsc', ['-b', '--pretty', 'false']),
  // From what the step before has compiled.
  'API document': checkApiDocument,
  'client types': checkClientTypes,
  'style and lint': () => runTool('@biomejs/biome/bin/biome', ['ci', '--colors=off', '.']),
  'import directions': checkImportDirections,
  'the rules can fail': checkPlantedImports,
  licences: checkLicences,
  'Lua scripts': checkLuaScripts,
  'its rules can fail': checkPlantedLua,
  'unused code': () => runTool('knip/bin/knip.js', ['--no-progress', '--no-config-hints']),
}

/** Runs every step, also after one has failed. Resolves to whether all held. */
export async function runCheck() {
  let held = true
  for (const [name, work] of Object.entries(steps)) held = (await step(name, work)) && held
  return held
}
