/** Runs Jest in the open and counts what it reports. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../runtime/paths.mjs'

const program = `${projectRoot}/node_modules/jest/bin/jest.js`

/** `depth` is `usual`, `full` or `long`: which tests. `variables` are added to the environment. Resolves to `{ passed, failed }`. A file that does not load, no test at all, or a bad exit code count as a failure. */
export async function runJest(argv, { depth = 'usual', variables = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'video-scraper-jest-'))
  try {
    const report = join(folder, 'report.json')
    const code = await run([program, '--json', `--outputFile=${report}`, ...argv], {
      ...environment(depth),
      ...variables,
    })
    return count(report, code)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const VARIABLES = { usual: {}, full: { FULL: '1' }, long: { LONG: '1' } }

function environment(depth) {
  const { FULL: _, LONG: __, NODE_OPTIONS = '', ...others } = process.env
  // Jest loads native modules through an interface of Node that is still called experimental.
  const options = `${NODE_OPTIONS} --experimental-vm-modules --disable-warning=ExperimentalWarning`.trim()
  return { ...others, NODE_OPTIONS: options, ...VARIABLES[depth] }
}

function run(argv, env) {
  return new Promise((resolve) => {
    // With --json, Jest writes its result to standard output too, where people are to read.
    const child = spawn(process.execPath, argv, { cwd: projectRoot, env, stdio: ['inherit', 'ignore', 'inherit'] })
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

function count(report, code) {
  let result
  try {
    result = JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    return { passed: 0, failed: 1 }
  }
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites
  const isHonest = code === 0 && result.numTotalTests > 0 && result.success
  return { passed: result.numPassedTests, failed: isHonest ? failed : Math.max(failed, 1) }
}
