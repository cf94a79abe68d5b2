/** Gateways on a real Redis and a real library, for tests; what a test opened is closed after it, however it ends. */
import { afterAll, afterEach, beforeAll } from '@jest/globals'
import { type LocalLibrary, openLocalLibrary } from '@video-scraper/library'
import { connectRedis, createFileIndex, type FileIndex, isReady } from '@video-scraper/store'
import {
  type DisposableRedis,
  eventually,
  startRedis,
  type TemporaryFolder,
  temporaryFolder,
} from '@video-scraper/testkit'
import { type Connection, type Gateway, type GatewayOptions, startGateway } from './test-gateway.ts'

export { type Connection, type Gateway, type GatewayOptions, PLATFORM_SNAPSHOT, SECRET_KEYS } from './test-gateway.ts'

export interface ApiRig {
  readonly server: DisposableRedis
  readonly library: LocalLibrary
  readonly libraryPath: string
  readonly files: FileIndex
  /** Also for looking at what is there, and for breaking it. */
  workerConnection(): Promise<Connection>
  gateway(options?: GatewayOptions): Promise<Gateway>
  /** One for all tests of the file; for those that leave nothing behind in it. */
  standing(): Promise<Gateway>
  /** Calls this after the test, before the gateways are closed. */
  afterwards(end: () => unknown): void
}

interface ApiRigOptions {
  /**
   * `production`: gateways give Redis as little time as there, for tests of outages. Elsewhere a busy machine must not
   * turn a slow answer into a 503.
   */
  timeouts?: 'production' | 'long'
}

export function useApi({ timeouts: redisTimeout = 'long' }: ApiRigOptions = {}): ApiRig {
  let server: DisposableRedis
  let folder: TemporaryFolder
  let library: LocalLibrary
  let shared: Connection
  const endings: (() => unknown)[] = []
  const lastEndings: (() => unknown)[] = []
  let standing: Promise<Gateway> | null = null
  const afterwards: ApiRig['afterwards'] = (end) => void endings.push(end)

  beforeAll(async () => {
    server = await startRedis()
    folder = await temporaryFolder()
    library = await openLocalLibrary({ directory: folder.path })
    shared = await connected('worker')
  })
  afterEach(async () => {
    // Without a server its own error says why, and none of ours should stand before it.
    if (server === undefined) return
    server.thaw()
    for (const end of endings.splice(0).reverse()) await end()
    if (isReady(shared)) await shared.flushall()
  })
  afterAll(async () => {
    for (const end of lastEndings) await end()
    shared?.disconnect()
    await server?.stop()
    await folder?.remove()
  })

  async function connected(kind: 'gateway' | 'worker'): Promise<Connection> {
    const connection = connectRedis(server.url, kind, () => undefined)
    await eventually(() => isReady(connection))
    return connection
  }

  const gateway = (options?: GatewayOptions, after = afterwards): Promise<Gateway> =>
    startGateway({ redisUrl: server.url, library, redisTimeout, after }, options)

  return {
    get server() {
      return server
    },
    get library() {
      return library
    },
    get libraryPath() {
      return folder.path
    },
    get files() {
      return createFileIndex(shared)
    },
    async workerConnection() {
      const connection = await connected('worker')
      afterwards(() => connection.disconnect())
      return connection
    },
    gateway: (options) => gateway(options),
    standing() {
      standing ??= gateway({}, (end) => void lastEndings.push(end))
      return standing
    },
    afterwards,
  }
}
