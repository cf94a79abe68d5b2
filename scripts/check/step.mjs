/** One step of a check: a line with its time, and its output only when it fails. */
import { runCommand } from '../runtime/run-command.mjs'
import { say, UserFacingError } from '../runtime/say.mjs'

/** Runs `work`, which throws an `UserFacingError` to fail. Resolves to whether it held. */
export async function step(name, work) {
  const startedAt = performance.now()
  const failure = await work().then(
    () => undefined,
    (cause) => (cause instanceof UserFacingError ? cause.message : cause.stack),
  )
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  say(`${failure === undefined ? 'ok    ' : 'FAILED'}  ${name.padEnd(22)} ${seconds.padStart(5)} s`)
  if (failure !== undefined) say(failure)
  return failure === undefined
}

/** A step that is a tool of ours, started with this Node; `program` is a path inside `node_modules`. */
export async function runTool(program, argv, options = {}) {
  const { FORCE_COLOR: _, ...environment } = process.env
  const env = { ...environment, NO_COLOR: '1', ...options.env }
  const { code, output } = await runCommand(process.execPath, [`node_modules/${program}`, ...argv], { ...options, env })
  if (code !== 0)
    throw new UserFacingError(output.trimEnd() || `${program} failed with code ${code} and without a word.`)
  return output
}
