/** What stands around the worker that strangers want to get into: nothing, an upstream proxy, or a bucket. */
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { startS3 } from '@video-scraper/testkit'

export interface HostileSurroundings {
  /** Settings of all processes. */
  readonly settings: Record<string, string>
  /** Where connections of jobs went, as `host:port`; null where nothing stands between. */
  readonly targets: readonly string[] | null
  stop(): Promise<void>
}

const kinds = {
  nothing: async () => ({ settings: {}, targets: null, stop: async () => undefined }),
  'an upstream proxy': startUpstreamProxy,
  'a bucket': async () => {
    const s3 = await startS3()
    return { settings: { ...s3.environment }, targets: null, stop: () => s3.stop() }
  },
} as const satisfies Record<string, () => Promise<HostileSurroundings>>

let chosen: keyof typeof kinds = 'nothing'

/** Has the suite of this test file stand in other surroundings: the files of `hostile-with` run it so. */
export function standWith(kind: keyof typeof kinds): void {
  chosen = kind
}

export const startHostileSurroundings = (): Promise<HostileSurroundings> => kinds[chosen]()

/** A proxy that does what the test says, and takes notes. */
async function startUpstreamProxy(): Promise<HostileSurroundings> {
  const targets: string[] = []
  const sockets = new Set<Socket>()
  // Whatever is no CONNECT would be a request that the worker has not checked.
  const server: Server = createServer((request, response) => {
    targets.push(request.url ?? '')
    response.writeHead(502).end()
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('connect', (request, socket, head) => {
    const target = request.url ?? ''
    targets.push(target)
    const { hostname, port } = new URL(`http://${target}`)
    const upstream = connect(Number(port || 80), hostname, () => {
      socket.write('HTTP/1.1 200 Connected\r\n\r\n')
      upstream.write(head)
      socket.pipe(upstream).pipe(socket)
    })
    upstream.on('error', () => socket.destroy())
    socket.on('close', () => upstream.destroy())
    upstream.on('close', () => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    settings: { EGRESS_UPSTREAM_PROXY: `http://user:upstream-secret-91@127.0.0.1:${port}` },
    targets,
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
