/** A Redis with a replica behind one address, which leads to whichever of them takes writes: what a fail-over needs. */
import { connect, createServer } from 'node:net'
import { connectRedis } from '@video-scraper/store'
import { eventually, startRedis } from '@video-scraper/testkit'

const FAIL_OVER_WITHIN_MS = 10_000

export async function startRedisPair() {
  const servers = [await startRedis({ appendOnly: true }), await startRedis({ appendOnly: true })]
  const open = (server) => connectRedis(server.url, 'worker', () => undefined)
  const connections = servers.map(open)
  let primary = 0
  await connections[1].replicaof('127.0.0.1', servers[0].port)
  const front = await startFront(() => servers[primary].port)

  return {
    url: `redis://127.0.0.1:${front.port}`,
    get server() {
      return servers[primary]
    },
    /** A connection past the front, to the one that takes writes. */
    get connection() {
      return connections[primary]
    },
    /** Planned, so that no acknowledged write is lost: `FAILOVER` holds writes until the replica has all of them. */
    async failOver() {
      const other = 1 - primary
      await connections[primary].call(
        'FAILOVER',
        'TO',
        '127.0.0.1',
        servers[other].port,
        'TIMEOUT',
        FAIL_OVER_WITHIN_MS,
      )
      await eventually(async () => (await connections[other].info('replication')).includes('role:master'), {
        timeoutMs: FAIL_OVER_WITHIN_MS + 5000,
      })
      primary = other
      front.cut()
    },
    async stop() {
      front.stop()
      for (const connection of connections) connection.disconnect()
      await Promise.all(servers.map((server) => server.stop()))
    },
  }
}

/** Passes bytes on to whatever port is current when a connection is made. */
async function startFront(portNow) {
  const sockets = new Set()
  const server = createServer((near) => {
    const far = connect(portNow(), '127.0.0.1')
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ]) {
      sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
      socket.pipe(other)
    }
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: server.address().port,
    cut,
    stop: () => {
      server.close()
      cut()
    },
  }
}
