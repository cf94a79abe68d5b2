/** The Redis that `npm start` runs by itself: whoever only reaches it gets nothing. */
import { statSync } from 'node:fs'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { connectRedis } from '@video-scraper/store'
import { readRuntime, type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'

/** A script without types, so its path is not one that the compiler follows. */
const script: string = new URL('../../scripts/stack/embedded-redis.mjs', import.meta.url).href
const { chooseEndpoint, keepAddress, readAddress, startEmbeddedRedis } = await import(script)

let folder: TemporaryFolder
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder?.remove())

/** What a server answers to a few words of its protocol. */
const ask = (address: object, words: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(address as never)
    socket.on('error', reject)
    socket.once('data', (chunk) => {
      resolve(chunk.toString().trim())
      socket.destroy()
    })
    socket.write(`${words}\r\n`)
  })

test.each([
  ['a socket', ''],
  ['a port, where the path of a socket would be too long', `/${'long'.repeat(26)}`],
])(
  'on %s it answers with the password alone, which lies in a file for its owner',
  async (_name, below) => {
    const dataDir = `${folder.path}${below}`
    const endpoint = await chooseEndpoint(dataDir)
    const redis = startEmbeddedRedis({ redisServer: readRuntime().redisServer, endpoint, env: {} })
    try {
      await redis.awaitReady(new AbortController().signal)
      expect(await ask(endpoint.address, 'PING')).toMatch(/^-NOAUTH/)
      expect(await ask(endpoint.address, 'AUTH guessed')).toMatch(/^-WRONGPASS/)
      keepAddress(dataDir, endpoint)
      expect(statSync(`${dataDir}/redis/address`).mode & 0o777).toBe(0o600)
      const client = connectRedis(readAddress(dataDir) ?? '', 'worker', () => undefined)
      expect(await client.ping()).toBe('PONG')
      client.disconnect()
      expect((await chooseEndpoint(dataDir)).password).not.toBe(endpoint.password)
    } finally {
      redis.member.child.kill('SIGKILL')
      await redis.member.ended
    }
  },
  60_000,
)
