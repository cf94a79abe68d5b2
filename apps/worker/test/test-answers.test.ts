/** The test sources answer any path that an address can have, and none of them ends the worker. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { answerTest } from '../src/test-sources/test-answers.ts'

let site: Server
/** What came out of the listener: in a worker it would have been its end. */
const thrown: unknown[] = []
beforeAll(async () => {
  site = createServer((request, response) => {
    try {
      answerTest({ request, response, media: Buffer.from('media') })
    } catch (error) {
      thrown.push(error)
      response.destroy()
    }
  }).listen(0, '127.0.0.1')
  await once(site, 'listening')
})
afterAll(() => void site.close())

/** The status line of the answer to exactly these bytes, which no client has put in order. */
async function statusOf(path: string): Promise<string> {
  const socket = connect((site.address() as AddressInfo).port, '127.0.0.1')
  socket.write(`GET ${path} HTTP/1.1\r\nHost: test.invalid\r\nConnection: close\r\n\r\n`)
  return (await text(socket)).split('\r\n', 1)[0] ?? ''
}

test.each([['//'], ['//a:b'], ['///'], ['//['], ['/%'], ['/%00'], ['/__proto__'], ['*'], [`/${'a'.repeat(8000)}`]])(
  'the path %p is answered with 404',
  async (path) => {
    expect(await statusOf(path)).toBe('HTTP/1.1 404 Not Found')
    expect(thrown).toEqual([])
  },
)

test('a query changes nothing', async () => {
  expect(await statusOf('/ok?//')).toBe('HTTP/1.1 200 OK')
})
