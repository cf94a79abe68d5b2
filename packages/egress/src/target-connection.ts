/** Connects to a checked address and reads from it with large buffers that are used again. */
import { connect, type Socket } from 'node:net'
import type { AdmittedJob } from './admission.ts'
import { type CheckedAddress, lookupOf } from './checked-address.ts'
import { joinAnswer, joinRequest, TargetUnreachable, UpstreamFailed, type UpstreamProxy } from './upstream-proxy.ts'

/** Takes what was received, and calls `release` when the bytes may be overwritten. */
export type Receive = (bytes: Uint8Array, release: () => void) => void

/** Where a job's connections lead: straight to the target, or through the operator's proxy. */
export interface WayOut {
  readonly upstream: UpstreamProxy | null
  readonly limits: ConnectionLimits
  /** Hears why the upstream proxy fails, in a sentence without secrets. */
  readonly onUpstreamFailure: (reason: string) => void
  /** Hears that a connection to a target was made through the upstream proxy. */
  readonly onUpstreamJoined: () => void
}

interface TargetOptions {
  readonly job: AdmittedJob
  readonly addresses: readonly CheckedAddress[]
  readonly port: number
  readonly way: WayOut
  readonly receive: Receive
  /** The connection stands, and what is written goes to the target. */
  readonly established: () => void
}

/** Milliseconds: for the connection to stand, and for it to lie still in both directions. */
export interface ConnectionLimits {
  readonly connectTimeoutMs: number
  readonly idleTimeoutMs: number
}

/** Measured: 256 KiB instead of Node's 64 halves the processor time of a transfer; 1 MiB gains nothing more. */
const READ_BYTES = 256 * 1024
/** How many buffers may wait for a slow reader before the target is not read any more. */
const READS_AHEAD_MAX = 3

/**
 * Opens the connection. It has no `data` events: bytes go to `receive`, each counted for the job first. `end`, `error`
 * (also for the time limits, with code ETIMEDOUT) and `close` are emitted as usual; `connect` says less than
 * `established`.
 */
export function connectTarget({ job, addresses, port, way, receive, established }: TargetOptions): Socket {
  const spare: Uint8Array[] = []
  let waiting = 0
  const passOn = (bytes: Uint8Array, done: () => void): void => {
    waiting += 1
    receive(bytes, () => {
      waiting -= 1
      done()
      if (!socket.destroyed) socket.resume()
    })
  }
  const join = joining({ way, addresses, port, established, passOn, socketOf: () => socket })
  const socket = connect({
    ...(way.upstream
      ? { host: way.upstream.host, port: way.upstream.port }
      : // A name that cannot exist: only the lookup decides where the connection goes, for names and literals alike.
        { host: 'checked.invalid', port, lookup: lookupOf(addresses) }),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: 2_000,
    noDelay: true,
    onread: {
      buffer: () => spare.pop() ?? Buffer.allocUnsafeSlow(READ_BYTES),
      callback(size, buffer) {
        if (!job.count(size)) return false
        const bytes = buffer.subarray(0, size)
        if (join.done()) passOn(bytes, () => spare.push(buffer))
        else join.take(bytes)
        return waiting < READS_AHEAD_MAX
      },
    },
  })
  job.hold(socket)
  socket.setTimeout(way.limits.connectTimeoutMs, () => socket.destroy(timeoutError()))
  socket.once('connect', join.begin)
  socket.once('end', join.ended)
  socket.once('error', join.failed)
  return socket
}

interface Joining extends Pick<TargetOptions, 'way' | 'addresses' | 'port' | 'established'> {
  readonly passOn: (bytes: Uint8Array, done: () => void) => void
  readonly socketOf: () => Socket
}

/** What lies between the first connection and the target: nothing, or the upstream proxy's consent. */
function joining({ way, addresses, port, established, passOn, socketOf }: Joining) {
  const { upstream, limits, onUpstreamFailure, onUpstreamJoined } = way
  const read = joinAnswer()
  /** The first connection stands: to the upstream proxy, where there is one. */
  let begun = false
  let done = false
  const finish = () => {
    done = true
    if (upstream !== null) onUpstreamJoined()
    socketOf().setTimeout(limits.idleTimeoutMs)
    established()
  }
  return {
    done: () => done,
    begin() {
      begun = true
      const [first] = addresses
      if (upstream === null) finish()
      else if (first) socketOf().write(joinRequest(upstream, first, port))
      else socketOf().destroy(new TargetUnreachable('There is no address.'))
    },
    take(bytes: Uint8Array) {
      try {
        const rest = read(bytes)
        if (rest === null) return
        finish()
        if (rest.length > 0) passOn(rest, () => undefined)
      } catch (error) {
        socketOf().destroy(error as Error)
      }
    },
    ended() {
      if (!done) socketOf().destroy(new TargetUnreachable('The upstream proxy hung up without an answer.'))
    },
    failed(error: NodeJS.ErrnoException) {
      if (done || upstream === null) return
      if (error instanceof UpstreamFailed) onUpstreamFailure(error.message)
      // An upstream proxy that took the connection answers when it has reached the target. Silence, or an end without an answer,
      // may be what a target brings about that takes no connections. So it does not count against the upstream proxy.
      else if (!begun) onUpstreamFailure(`It cannot be reached (${error.code}).`)
    },
  }
}

const timeoutError = () => Object.assign(new Error('The target did not answer in time.'), { code: 'ETIMEDOUT' })
