/** A real Redis per test file, and connections that end with the test, however it ends. */
import { afterAll, afterEach, beforeAll } from '@jest/globals'
import { connectRedis } from '@video-scraper/store'
import { type DisposableRedis, startRedis } from '@video-scraper/testkit'

type Connection = ReturnType<typeof connectRedis>

interface RedisRig {
  readonly server: DisposableRedis
  connect(kind?: 'gateway' | 'worker', url?: string): Connection
  /** One that can be used at once. */
  ready(kind?: 'gateway' | 'worker'): Promise<Connection>
}

export function useRedis(): RedisRig {
  let server: DisposableRedis
  const open: Connection[] = []
  beforeAll(async () => {
    server = await startRedis()
  })
  afterEach(() => {
    for (const connection of open.splice(0)) connection.disconnect()
  })
  afterAll(() => server.stop())

  const connect: RedisRig['connect'] = (kind = 'worker', url = server.url) => {
    const connection = connectRedis(url, kind, () => undefined)
    open.push(connection)
    return connection
  }
  return {
    get server() {
      return server
    },
    connect,
    async ready(kind) {
      const connection = connect(kind)
      if (connection.status !== 'ready') await new Promise<void>((resolve) => connection.once('ready', resolve))
      await connection.flushall()
      return connection
    },
  }
}
