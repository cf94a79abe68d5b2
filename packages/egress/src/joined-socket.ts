/** A plain socket that the upstream proxy has joined with a target, for requests of our own. */
import { connect, type Socket } from 'node:net'
import type { CheckedAddress } from './checked-address.ts'
import { joinAnswer, joinRequest, UpstreamFailed, type UpstreamProxy } from './upstream-proxy.ts'

/** Rejects where the upstream proxy cannot be reached, does not consent, or the signal is aborted first. */
export function joinedSocket(
  upstream: UpstreamProxy,
  target: { readonly address: CheckedAddress; readonly port: number },
  signal: AbortSignal,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const read = joinAnswer()
    const socket = connect({ host: upstream.host, port: upstream.port, signal })
    const take = (bytes: Buffer) => {
      try {
        const rest = read(bytes)
        if (rest === null) return
        socket.off('data', take).off('end', hungUp).off('error', reject).pause()
        if (rest.length > 0) socket.unshift(rest)
        resolve(socket)
      } catch (error) {
        socket.destroy(error as Error)
      }
    }
    const hungUp = () => socket.destroy(new UpstreamFailed('It hangs up.'))
    socket.on('data', take).once('end', hungUp).once('error', reject)
    socket.once('connect', () => socket.write(joinRequest(upstream, target.address, target.port)))
  })
}
