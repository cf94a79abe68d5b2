/** Answers a CONNECT: joins the client with the target, and counts what passes. */
import type { Socket } from 'node:net'
import type { AdmittedJob } from './admission.ts'
import type { CheckedAddress } from './checked-address.ts'
import { refusalOf, refuseTunnel } from './refusals.ts'
import { type ConnectionLimits, connectTarget } from './target-connection.ts'

interface TunnelOptions {
  readonly job: AdmittedJob
  readonly client: Socket
  /** What the client sent before it was answered. */
  readonly head: Buffer
  readonly target: { readonly addresses: readonly CheckedAddress[]; readonly port: number }
  readonly limits: ConnectionLimits
}

/** The tunnel ends with either side; what one side has sent is still delivered to the other. */
export function openTunnel({ job, client, head, target, limits }: TunnelOptions): void {
  let joined = false
  const connection = connectTarget({
    job,
    ...target,
    limits,
    receive: (bytes, release) => {
      client.write(bytes, release)
    },
  })
  connection.once('connect', () => {
    joined = true
    client.write('HTTP/1.1 200 Connection established\r\n\r\n')
    if (head.length > 0) client.unshift(head)
    client.pipe(connection)
  })
  connection.once('error', (error) => (joined ? client.destroy() : refuseTunnel(client, refusalOf(error))))
  connection.once('end', () => client.end(() => client.destroy()))
  connection.once('close', () => client.writableEnded || client.destroy())
  client.once('close', () => connection.destroy())
  // The target's idle time counts both directions.
  client.setTimeout(0)
}
