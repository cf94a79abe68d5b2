/** Runs Stryker over a part of a subject, in a copy of the project. */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { UserFacingError } from '../runtime/say.mjs'

/**
 * `folder`: the copy, with its packages installed. `tools`: the folder that has Stryker in its `node_modules`. `part`: of a row
 * of `SUBJECTS`. Prints what no test notices. Throws an `UserFacingError` where Stryker fails.
 */
export function runStryker(folder, tools, part) {
  const path = join(folder, 'stryker.config.json')
  writeFileSync(path, JSON.stringify(settingsFor(tools, part)))
  // The runner looks for Jest from its own folder.
  const modules = [join(folder, 'node_modules'), join(folder, 'node_modules/.pnpm/node_modules')].join(':')
  const program = join(tools, 'node_modules/@stryker-mutator/core/bin/stryker.js')
  const { status } = spawnSync(process.execPath, [program, 'run', path], {
    cwd: folder,
    stdio: 'inherit',
    env: { ...process.env, NODE_PATH: modules },
  })
  if (status !== 0) throw new UserFacingError('Stryker did not end well; see above.')
}

const settingsFor = (tools, { mutate, tests }) => ({
  plugins: [join(tools, 'node_modules/@stryker-mutator/jest-runner/dist/src/index.js')],
  testRunner: 'jest',
  inPlace: true,
  // A change whose tests take too long counts as noticed. On a busy machine that would hide changes that nobody notices.
  concurrency: Math.max(1, Math.floor(availableParallelism() / 2)),
  timeoutFactor: 4,
  timeoutMS: 15_000,
  coverageAnalysis: 'perTest',
  // What runs when a module is loaded is changed with all tests at once, which takes most of the time.
  ignoreStatic: true,
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { logTests: false, reportTests: false, allowColor: false, allowEmojis: false },
  testRunnerNodeArgs: ['--experimental-vm-modules'],
  // A sentence is not proved by a test that repeats it.
  mutator: { excludedMutations: ['StringLiteral'] },
  mutate,
  jest: {
    projectType: 'custom',
    configFile: 'jest.config.mjs',
    enableFindRelatedTests: false,
    config: { testMatch: tests.map((path) => `<rootDir>/${path}`), maxWorkers: 1 },
  },
})
