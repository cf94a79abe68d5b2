/** An upstream proxy (`EGRESS_UPSTREAM_PROXY`) behind which every address is the video site, so that it can have any name. */
import { createServer } from 'node:http'
import { connect, type Socket } from 'node:net'
import { boundPort, closed } from './listening.ts'

export interface SiteProxy {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  /** Cuts every connection. */
  stop(): Promise<void>
}

export async function startSiteProxy(site: { readonly host: string; readonly port: number }): Promise<SiteProxy> {
  const open = new Set<Socket>()
  const keep = (socket: Socket): void => {
    open.add(socket)
    socket.on('error', () => undefined).once('close', () => open.delete(socket))
  }
  const server = createServer().on('connect', (_request, client: Socket, first: Buffer) => {
    keep(client)
    const target = connect(site.port, site.host, () => {
      client.write('HTTP/1.1 200 Connected\r\n\r\n')
      target.write(first)
      client.pipe(target).pipe(client)
    })
    keep(target)
    client.once('close', () => target.destroy())
    target.once('close', () => client.destroy())
  })
  const port = await boundPort(server, { host: '127.0.0.1', port: 0 })
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      const stopped = closed(server)
      for (const socket of open) socket.destroy()
      await stopped
    },
  }
}
