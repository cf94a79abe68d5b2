/** The property-based fuzz: every operation of the API, with cases that schemathesis draws from its document. */
import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packagesFitThisMachine } from '../runtime/pinned-packages.mjs'
import { provideSchemathesis } from '../runtime/provide-schemathesis.mjs'
import { runCommand } from '../runtime/run-command.mjs'
import { say, UserFacingError } from '../runtime/say.mjs'
import { stopOnSignals } from '../stack/stop-on-signals.mjs'
import { prepareDocument } from './document.mjs'
import { setTheStage } from './stage.mjs'

/**
 * What must hold of every answer. Left out is that every request which fits its schema is accepted, and every other
 * refused: a URL, a cursor and an id hold to more than a schema can say.
 */
const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'unsupported_method',
  'allow_header_conformance',
]

/** Above the time that schemathesis is given, for starting, for the case under way and for its report. */
const graceMs = 60_000

/** Resolves when no answer was wrong, and throws an `UserFacingError` with schemathesis' own report otherwise. */
export async function runFuzz({ seconds, seed = randomInt(2 ** 32) }) {
  if (!packagesFitThisMachine()) return say('The fuzz is left out: its packages are for Linux with glibc.')
  const python = await provideSchemathesis()
  // A signal ends the run, and what was started for it is put away as after any other.
  const { stop: signal } = stopOnSignals()
  const stage = await setTheStage()
  const folder = mkdtempSync(join(tmpdir(), 'video-scraper-fuzz-'))
  try {
    const document = await (await fetch(`${stage.origin}/openapi.json`)).json()
    const path = join(folder, 'openapi.json')
    writeFileSync(path, JSON.stringify(prepareDocument(document, stage.known)))
    say(`Fuzzing for ${seconds} s with seed ${seed} (npm run fuzz -- --seconds ${seconds} --seed ${seed}) …`)
    const { code, output } = await runCommand(python, argumentsOf({ path, seconds, seed, origin: stage.origin }), {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, LANG: 'C.UTF-8' },
      timeout: seconds * 1000 + graceMs,
      killSignal: 'SIGKILL',
      signal,
    })
    if (signal.aborted) throw new UserFacingError('The fuzz was stopped.')
    check({ code, output, faults: stage.faults() })
  } finally {
    await stage.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const argumentsOf = ({ path, seconds, seed, origin }) => [
  ...['-I', '-m', 'schemathesis.cli', 'run', path, '--url', origin],
  ...['--max-time', String(seconds), '--seed', String(seed), '--checks', checks.join(',')],
  ...['--generation-database', 'none', '--request-timeout', '10', '--no-color', '--warnings', 'off'],
]

function check({ code, output, faults }) {
  const [, cases] = /^\s*(\d+) generated/m.exec(output) ?? []
  if (code !== 0)
    throw new UserFacingError(output.trimEnd() || `schemathesis ended with code ${code} and without a word.`)
  if (cases === undefined) throw new UserFacingError(`schemathesis did not say how many cases it tried:\n${output}`)
  if (faults.length > 0)
    throw new UserFacingError(`Every answer was right, but the log tells of faults:\n${faults.join('\n')}`)
  say(`${cases} cases, and every answer was a documented one.`)
}
