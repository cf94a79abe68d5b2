/**
 * `npm run mutate -- core`: changes pure code in many small ways, one at a time, and says which changes no test notices. Takes
 * minutes for each subject, so nothing but people runs it.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lockedPackages } from './runtime/locked-packages.mjs'
import { projectRoot } from './runtime/paths.mjs'
import { providePnpm } from './runtime/provide-pnpm.mjs'
import { mustRun } from './runtime/run-command.mjs'
import { say, tell, UserFacingError } from './runtime/say.mjs'

/** `mutate`: the code. `tests`: what must notice. Only tests without processes are fast enough. */
const SUBJECTS = {
  core: { mutate: ['packages/core/src/*.ts', '!packages/core/src/index.ts'], tests: ['packages/core/test/*.test.ts'] },
  transcript: { mutate: ['packages/core/src/transcript/*.ts'], tests: ['packages/core/test/transcript/*.test.ts'] },
  webhooks: {
    mutate: ['packages/webhooks/src/retry-schedule.ts'],
    tests: ['packages/webhooks/test/retry-schedule.test.ts'],
  },
  delivery: {
    mutate: [
      ...['byte-range', 'content-disposition', 'preconditions', 'http-date'].map((name) => `serve/${name}`),
      ...['media-type', 'slug', 'file-name'],
    ].map((name) => `packages/library/src/${name}.ts`),
    tests: ['content-disposition', 'delivery', 'http-date', 'file-name', 'name-media'].map(
      (name) => `packages/library/test/${name}.test.ts`,
    ),
  },
  progress: { mutate: ['packages/ytdlp/src/progress.ts'], tests: ['packages/ytdlp/test/progress.test.ts'] },
  failures: {
    mutate: ['packages/ytdlp/src/failures.ts', 'packages/ytdlp/src/own-words.ts', 'packages/ytdlp/src/source-times.ts'],
    tests: ['packages/ytdlp/test/failure-rules.test.ts'],
  },
}

await tell(async () => {
  const names = process.argv.slice(2)
  const known = Object.keys(SUBJECTS)
  const unknown = names.filter((name) => !Object.hasOwn(SUBJECTS, name))
  if (names.length === 0 || unknown.length > 0) {
    throw new UserFacingError(`Say what to change: npm run mutate -- ${known.join(' | ')}. Several are fine.`)
  }
  const tools = await lockedPackages('mutation', 'Stryker')
  const folder = mkdtempSync(join(tmpdir(), 'video-scraper-mutation-'))
  try {
    await copyProject(folder)
    for (const name of names) {
      say(`Changing ${name} …`)
      runStryker(folder, tools, SUBJECTS[name])
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

/** The tool writes into the files that it changes, so it gets a copy of what is committed. */
async function copyProject(folder) {
  await mustRun('The project could not be copied', 'git', ['clone', '--quiet', projectRoot, folder])
  const argv = [await providePnpm(), 'install', '--frozen-lockfile', '--prefer-offline', '--ignore-scripts']
  await mustRun('The packages could not be installed', process.execPath, argv, {
    cwd: folder,
    env: { ...process.env, CI: 'true' },
  })
}

function runStryker(folder, tools, { mutate, tests }) {
  const settings = {
    plugins: [join(tools, 'node_modules/@stryker-mutator/jest-runner/dist/src/index.js')],
    testRunner: 'jest',
    inPlace: true,
    concurrency: 2,
    coverageAnalysis: 'perTest',
    // What runs when a module is loaded is changed with all tests at once, which takes most of the time.
    ignoreStatic: true,
    reporters: ['clear-text'],
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
  }
  const path = join(folder, 'stryker.config.json')
  writeFileSync(path, JSON.stringify(settings))
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
