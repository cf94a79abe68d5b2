/** Runs dependency-cruiser with the rules of the house and reads what it found. */
import { projectRoot } from '../runtime/paths.mjs'
import { runCommand } from '../runtime/run-command.mjs'
import { Obstacle } from '../runtime/say.mjs'

const program = `${projectRoot}/node_modules/dependency-cruiser/bin/dependency-cruise.mjs`
const rules = `${projectRoot}/.dependency-cruiser.cjs`

/** The parts of the workspace whose imports are watched. */
export const watchedFolders = ['apps', 'packages', 'bench', 'e2e']

/** Resolves to `{ modules, violations }` for the tree at `root`: file paths, and `{ rule, from, to }` each. */
export async function cruise(root) {
  const argv = [program, '--config', rules, '--output-type', 'json', ...watchedFolders]
  const { output } = await runCommand(process.execPath, argv, { cwd: root })
  try {
    const { modules, summary } = JSON.parse(output)
    return {
      modules: modules.map(({ source }) => source),
      violations: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
    }
  } catch {
    throw new Obstacle(`dependency-cruiser did not answer:\n${output.slice(0, 4000)}`)
  }
}
