/** Connects to a checked address and reads from it with large buffers that are used again. */

import { connect, type Socket } from 'node:net'
import type { AdmittedJob } from './admission.ts'
import { type CheckedAddress, lookupOf } from './checked-address.ts'

/** Takes what was received, and calls `release` when the bytes may be overwritten. */
export type Receive = (bytes: Uint8Array, release: () => void) => void

interface TargetOptions {
  readonly job: AdmittedJob
  readonly addresses: readonly CheckedAddress[]
  readonly port: number
  readonly limits: ConnectionLimits
  readonly receive: Receive
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
 * (also for the time limits, with code ETIMEDOUT) and `close` are emitted as usual.
 */
export function connectTarget({ job, addresses, port, limits, receive }: TargetOptions): Socket {
  const spare: Uint8Array[] = []
  let waiting = 0
  const socket = connect({
    // A name that cannot exist: only the lookup below decides where the connection goes, for names and literals alike.
    host: 'checked.invalid',
    port,
    lookup: lookupOf(addresses),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: 2_000,
    noDelay: true,
    onread: {
      buffer: () => spare.pop() ?? Buffer.allocUnsafeSlow(READ_BYTES),
      callback(size, buffer) {
        if (!job.count(size)) return false
        waiting += 1
        receive(buffer.subarray(0, size), () => {
          waiting -= 1
          spare.push(buffer)
          if (!socket.destroyed) socket.resume()
        })
        return waiting < READS_AHEAD_MAX
      },
    },
  })
  job.hold(socket)
  socket.setTimeout(limits.connectTimeoutMs, () => socket.destroy(timeoutError()))
  socket.once('connect', () => socket.setTimeout(limits.idleTimeoutMs))
  return socket
}

const timeoutError = () => Object.assign(new Error('The target did not answer in time.'), { code: 'ETIMEDOUT' })
