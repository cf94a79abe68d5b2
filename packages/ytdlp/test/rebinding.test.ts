/** A name that is public when it is checked and inside when it is asked for again: with a real DNS server and yt-dlp. */
import { createSocket, type Socket as Datagrams } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { createTargetPolicy, startEgressProxy } from '@video-scraper/egress'
import { type Listener, startListener } from '@video-scraper/testkit'
import { type Stage, startStage } from './stage.ts'

const endings: (() => unknown)[] = []
afterEach(async () => {
  for (const ending of endings.splice(0).reverse()) await ending()
})

interface NameServer {
  /** How often each name was asked for its IPv4 addresses. */
  readonly asked: Map<string, number>
  readonly resolve: (name: string) => Promise<string[]>
}

/** Answers the first question for a name with one address, and each later one with another. */
async function startNameServer(first: string, later: string): Promise<NameServer> {
  const asked = new Map<string, number>()
  const server: Datagrams = createSocket('udp4')
  server.on('message', (question, { port, address }) => {
    const labels: string[] = []
    let at = 12
    for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
      labels.push(question.toString('latin1', at + 1, at + 1 + length))
      at += length + 1
    }
    const name = labels.join('.').toLowerCase()
    const times = (asked.get(name) ?? 0) + 1
    asked.set(name, times)
    const [ttlAndLength, octets] = ['000000000004', (times === 1 ? first : later).split('.').map(Number)]
    const answer = Buffer.concat([
      question.subarray(0, 2),
      Buffer.from('81800001000100000000', 'hex'),
      question.subarray(12, at + 5),
      Buffer.from(`c00c00010001${ttlAndLength}`, 'hex'),
      Buffer.from(octets),
    ])
    server.send(answer, port, address)
  })
  server.bind(0, '127.0.0.1')
  await once(server, 'listening')
  endings.push(() => server.close())
  const resolver = new Resolver({ timeout: 30_000, tries: 1 })
  resolver.setServers([`127.0.0.1:${server.address().port}`])
  return { asked, resolve: (name) => resolver.resolve4(name) }
}

const listening = async (server: Server | ReturnType<typeof createTcpServer>): Promise<number> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  endings.push(() => server.close())
  return (server.address() as AddressInfo).port
}

/** Stands for the public internet: joins every CONNECT with one site of loopback, and notes what it was asked for. */
async function startInternet(site: number): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = []
  const server = createTcpServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.once('data', (bytes) => {
      asked.push(bytes.toString('latin1').split(' ')[1] ?? '')
      const onward = connect(site, '127.0.0.1')
      endings.push(
        () => onward.destroy(),
        () => socket.destroy(),
      )
      onward.on('error', () => socket.destroy())
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      socket.pipe(onward).pipe(socket)
    })
  })
  return { port: await listening(server), asked }
}

const PUBLIC = '93.184.215.14'

test('a name that has moved inside since it was checked is refused, and one request is one question', async () => {
  const stage: Stage = await startStage()
  endings.push(() => stage.stop())
  const inside: Listener = await startListener()
  endings.push(() => inside.stop())
  const names = await startNameServer(PUBLIC, '127.0.0.1')
  const page = '<html><title>p</title><video src="http://rebind.example/video.mp4"></video></html>'
  const site = await listening(
    createServer((_request, response) => response.setHeader('Content-Type', 'text/html').end(page)),
  )
  const internet = await startInternet(site)
  const proxy = await startEgressProxy({
    policy: createTargetPolicy({ allow: [], ports: [80, inside.port], resolve: names.resolve }),
    upstream: { host: '127.0.0.1', port: internet.port, authorization: null },
  })
  endings.push(() => proxy.close())
  const egress = proxy.admit('job')
  const context = { ...(await stage.job()), egress }

  const running = stage.engine.download({ url: 'http://rebind.example/page', options: {} }, context)
  await expect(running).rejects.toMatchObject({ code: 'blocked_target' })
  // The page came from the address that was checked; the video would have come from the one it has by now.
  expect(internet.asked).toEqual([`${PUBLIC}:80`])
  expect(names.asked.get('rebind.example')).toBeGreaterThan(1)
  expect(egress.blocked()).toBe(true)
  expect(inside.connections()).toEqual([])
}, 60_000)

test('a connection goes to the address that was checked, though the name has another by then', async () => {
  const inside = await startListener()
  endings.push(() => inside.stop())
  const names = await startNameServer('127.0.0.1', '127.0.0.2')
  const site = await listening(createServer((_request, response) => response.end('from where it was checked')))
  const proxy = await startEgressProxy({
    policy: createTargetPolicy({ allow: [`rebind.example:${site}`], resolve: names.resolve }),
  })
  endings.push(() => proxy.close())
  const { hostname, port, username, password } = new URL(proxy.admit('job').proxyUrl)
  const credentials = Buffer.from(`${username}:${password}`).toString('base64')
  const socket = connect(Number(port), hostname)
  endings.push(() => socket.destroy())
  socket.write(
    `GET http://rebind.example:${site}/ HTTP/1.0\r\nProxy-Authorization: Basic ${credentials}\r\nConnection: close\r\n\r\n`,
  )
  let answer = ''
  for await (const bytes of socket) answer += bytes
  expect(answer).toContain('from where it was checked')
  expect(names.asked.get('rebind.example')).toBe(1)
})
