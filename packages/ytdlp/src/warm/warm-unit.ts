/** Gives a waiting child its job; from then on it is a unit like any other. */
import type { Unit, UnitOrder } from '../unit.ts'
import type { WaitingChild } from './door.ts'

/** The exit code is its parent's to know, which is the zygote; so it is null here, and read from the `end` event. */
export function startWarmUnit(
  { pid, control, events, diagnostics }: WaitingChild,
  { settings, argv, url, cwd, env }: UnitOrder,
): Unit {
  const ended = new Promise<void>((resolve) => {
    if (control.closed) resolve()
    else control.once('close', () => resolve())
  })
  control.write(`${JSON.stringify({ settings, argv: [...argv, '--', url], cwd, env })}\n`)
  return { leader: pid, events, diagnostics, ended: ended.then(() => ({ exitCode: null, signalCode: null })) }
}
