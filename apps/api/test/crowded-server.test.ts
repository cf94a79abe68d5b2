/** One address cannot take all connections, and unused ones are let go sooner when few are left. */
import type { Socket } from 'node:net'
import { expect, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { dockerGateway } from '../src/http/crowded-server.ts'
import { type Gateway, type GatewayOptions, useApi } from './api-rig.ts'
import { openSocket, readToEnd } from './raw-http.ts'

const rig = useApi()

/** Opens connections one after the other and says of each whether it was kept. */
async function opened(gateway: Gateway, count: number): Promise<(Socket & { kept: boolean })[]> {
  const origin = await gateway.origin()
  const sockets: (Socket & { kept: boolean })[] = []
  for (let at = 0; at < count; at += 1) {
    const socket = Object.assign(await openSocket(origin), { kept: true })
    socket.on('error', () => undefined).once('close', () => Object.assign(socket, { kept: false }))
    sockets.push(socket)
    await eventually(async () => await answers(socket).then((isAnswered) => isAnswered || !socket.kept))
  }
  rig.afterwards(() => sockets.map((socket) => socket.destroy()))
  return sockets
}

const answers = (socket: Socket) =>
  new Promise<boolean>((resolve) => {
    socket.once('data', () => resolve(true)).once('close', () => resolve(false))
    socket.write('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n')
  })

const keptOf = (sockets: { kept: boolean }[]) => sockets.map(({ kept }) => kept)
const limited = (more: Partial<GatewayOptions['connections']> = {}): GatewayOptions => ({
  connections: { perAddress: 3, exempt: [], ...more },
})

test('an address has as many connections as it may have; one that it gives back is another’s', async () => {
  const gateway = await rig.gateway(limited())
  const sockets = await opened(gateway, 5)
  expect(keptOf(sockets)).toEqual([true, true, true, false, false])
  sockets[0]?.destroy()
  await eventually(async () => expect(keptOf(await opened(gateway, 1))).toEqual([true]))
  expect(gateway.log.filter(({ level }) => level === 'warn')).toMatchObject([
    { client: '127.0.0.1', limit: 3, setting: 'MAX_CONNECTIONS_PER_ADDRESS' },
  ])
})

test.each([
  ['a trusted proxy', { trustedProxies: ['127.0.0.0/8'], ...limited() }],
  ['an address that is named', limited({ exempt: ['127.0.0.1'] })],
  ['nobody, where there is no limit', limited({ perAddress: 0 })],
])('%s has as many as there are', async (_who, options) => {
  expect(keptOf(await opened(await rig.gateway(options), 6))).toEqual(Array(6).fill(true))
})

test('connections that nobody uses are closed when few are left, and kept for a second from then on', async () => {
  const gateway = await rig.gateway(limited({ perAddress: 0, inAll: 10 }))
  const usual = gateway.app.server.keepAliveTimeout
  const idle = await opened(gateway, 7)
  expect([keptOf(idle), gateway.app.server.keepAliveTimeout]).toEqual([Array(7).fill(true), usual])
  const late = await openSocket(await gateway.origin())
  await eventually(() => expect(keptOf(idle)).toEqual(Array(7).fill(false)))
  late.destroy()
  await eventually(() => expect(gateway.app.server.keepAliveTimeout).toBe(usual))

  const busy = await Promise.all(Array.from({ length: 8 }, async () => openSocket(await gateway.origin())))
  rig.afterwards(() => busy.map((socket) => socket.destroy()))
  const [first] = busy as [Socket]
  await eventually(() => expect(gateway.app.server.keepAliveTimeout).toBe(1000))
  const text = readToEnd(first)
  first.write('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n')
  expect(await text).toContain('Keep-Alive: timeout=1')
})

test('the gateway of the container’s network is found in its routes, and nowhere outside of Docker', () => {
  const routes = [
    'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
    'eth1\t000015AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0',
    'eth0\t00000000\t010012AC\t0003\t0\t0\t0\t00000000\t0\t0\t0',
  ].join('\n')
  expect(
    dockerGateway(
      () => true,
      () => routes,
    ),
  ).toBe('172.18.0.1')
  expect(
    dockerGateway(
      () => true,
      () => 'Iface\tDestination\tGateway\n',
    ),
  ).toBeNull()
  expect(
    dockerGateway(
      () => false,
      () => routes,
    ),
  ).toBeNull()
})
