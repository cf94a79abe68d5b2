/** Notices the end of npm. It passes a signal only to the shell between us, which does not pass it on. */
import { parentOf } from '../runtime/process-identity.mjs'

const everyMs = 250

/** Our parent and its parent: the shell, and npm. */
const forebears = () => `${process.ppid} ${parentOf(process.ppid)}`

/** Calls `onEnd` once when this process was started by `npm run` and npm is gone. Keeps nobody awake. */
export function whenNpmEnds(onEnd) {
  if (!process.env.npm_lifecycle_event) return
  const before = forebears()
  const timer = setInterval(() => {
    if (forebears() === before) return
    clearInterval(timer)
    onEnd()
  }, everyMs)
  timer.unref()
}
