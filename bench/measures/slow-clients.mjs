/** Memory of the gateway while a hundred clients fetch a large file slowly. */
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { gatewayWithFile } from '../gateway-with-file.mjs'
import { memoryOf } from '../processes.mjs'
import { megabytes } from '../report.mjs'

const BYTES = 500_000_000
const CLIENTS = 100
/** 40 KB/s each. */
const READ_BYTES = 8 * 1024
const EVERY_MS = 200
const LASTING_MS = 20_000
const TARGET = 200

export async function slowClients({ lab, say }) {
  const { gateway, url } = await gatewayWithFile(lab, BYTES)
  const clients = Array.from({ length: CLIENTS }, () => slowClient(new URL(url)))
  lab.keep({
    end() {
      for (const client of clients) client.end()
    },
  })
  let most = { resident: 0, proportional: 0 }
  const deadline = performance.now() + LASTING_MS
  while (performance.now() < deadline) {
    await delay(EVERY_MS)
    for (const client of clients) client.read()
    const now = await memoryOf(gateway.pid)
    if (now.resident > most.resident) most = now
  }
  const served = clients.filter(({ count }) => count() > READ_BYTES).length
  say(`${served} of ${CLIENTS} slow clients were being served for ${LASTING_MS / 1000} s`)
  if (served < CLIENTS) throw new Error('Not every client got its file; the figure would say nothing.')
  return [
    {
      measure: `memory of the gateway, ${CLIENTS} slow clients`,
      ours: `${megabytes(most.resident)} (${megabytes(most.proportional)} PSS)`,
      peer: '–',
      ratio: null,
      target: { bound: 'below', limit: TARGET, value: most.resident / 1e6, unit: ' MB' },
    },
  ]
}

/** Takes a few bytes when it is asked to, and leaves all others where they are. */
function slowClient({ hostname, port, pathname }) {
  let received = 0
  const socket = connect({ host: hostname, port: Number(port), readableHighWaterMark: READ_BYTES })
  socket.on('error', () => undefined)
  socket.write(`GET ${pathname} HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`)
  return {
    read: () => {
      received += socket.read(Math.min(READ_BYTES, socket.readableLength))?.length ?? 0
    },
    count: () => received,
    end: () => socket.destroy(),
  }
}
