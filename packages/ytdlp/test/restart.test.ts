import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@jest/globals'
import { startStage } from './stage.ts'

test('a source that breaks off and then knows no ranges is begun anew, and whoever follows the file is notified', async () => {
  const body = Buffer.alloc(1_000_000, 'ab')
  let asked = 0
  const server = createServer(async (request, response) => {
    response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': body.length })
    // The page visit and the first download come before the break; later ones are whole.
    if (request.method === 'HEAD' || asked++ !== 1) return void response.end(body)
    response.write(body.subarray(0, 600_000), () => setTimeout(() => response.destroy(), 200))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const stage = await startStage({ allow: [`127.0.0.1:${port}`] })
  try {
    const job = await stage.job()
    const media = await stage.engine.download({ url: `http://127.0.0.1:${port}/v.mp4`, options: {} }, job)
    expect(media.restarted).toBe(true)
    expect(Buffer.compare(await readFile(media.path), body)).toBe(0)
    const fractions = job.seen.map(({ fraction }) => fraction)
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
  } finally {
    await stage.stop()
    server.closeAllConnections()
    server.close()
  }
})
