/** Whether the Lua scripts are whole: a header each, and no name in them that is undeclared or unused. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../runtime/paths.mjs'
import { UserFacingError } from '../runtime/say.mjs'
import { brokenRules } from './lua/rules.mjs'

/** Throws an `UserFacingError` that names every rule that a script breaks. */
export async function checkLuaScripts() {
  const packages = readdirSync(join(projectRoot, 'packages')).filter((name) =>
    existsSync(join(projectRoot, 'packages', name, 'lua')),
  )
  const problems = packages.flatMap((name) => {
    const lua = textsIn(join(projectRoot, 'packages', name, 'lua'), '.lua')
    const sources = textsIn(join(projectRoot, 'packages', name, 'src'), '.ts')
    return brokenRules(lua, [...sources.values()]).map((problem) => `packages/${name}/lua/${problem}`)
  })
  if (problems.length > 0) throw new UserFacingError(problems.join('\n'))
}

/** By name without its ending. */
function textsIn(folder, ending) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(ending))
  return new Map(names.map((name) => [name.slice(0, -ending.length), readFileSync(join(folder, name), 'utf8')]))
}
