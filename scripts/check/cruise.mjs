/** Runs dependency-cruiser with the rules of the project and reads what it found. */
import { projectRoot } from '../runtime/paths.mjs'
import { runCommand } from '../runtime/run-command.mjs'
import { UserFacingError } from '../runtime/say.mjs'
import { isAboutTypesOnly } from './type-imports.mjs'

const program = `${projectRoot}/node_modules/dependency-cruiser/bin/dependency-cruise.mjs`
const rules = `${projectRoot}/.dependency-cruiser.cjs`

/** The parts of the workspace whose imports are watched. */
export const watchedFolders = ['apps', 'packages', 'bench', 'e2e']

/** Resolves to `{ modules, violations }` for the tree at `root`: file paths, and `{ rule, from, to, specifier }` each. */
export async function cruise(root) {
  const argv = [program, '--config', rules, '--output-type', 'json', ...watchedFolders]
  const { output } = await runCommand(process.execPath, argv, { cwd: root })
  const { modules, summary } = parse(output)
  const specifiers = new Map(
    modules.flatMap(({ source, dependencies }) =>
      dependencies.map(({ resolved, module }) => [`${source} ${resolved}`, module]),
    ),
  )
  const violations = summary.violations
    .map(({ rule, from, to }) => ({ rule: rule.name, from, to, specifier: specifiers.get(`${from} ${to}`) }))
    .filter((violation) => !isAboutTypesOnly(root, violation))
  return { modules: modules.map(({ source }) => source), violations }
}

function parse(output) {
  try {
    return JSON.parse(output)
  } catch {
    throw new UserFacingError(`dependency-cruiser did not answer:\n${output.slice(0, 4000)}`)
  }
}
