/** What each fault does. */
import type { IncomingMessage } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { type Exchange, headed } from './exchange.ts'
import { newerAnswer, newerEvents } from './newer-service.ts'
import type { FaultName } from './scenario.ts'

export const faultActions = {
  async drop({ incoming }) {
    incoming.socket.destroy()
  },
  async drop_answer({ forward, incoming }) {
    await bodyOf(await forward())
    incoming.socket.destroy()
  },
  async hang({ outgoing }) {
    await new Promise((resolve) => outgoing.on('close', resolve))
  },
  async answer({ fault, outgoing }) {
    const text = typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body ?? {})
    outgoing.writeHead(fault.status ?? 500, { 'content-type': 'application/json', ...fault.headers }).end(text)
  },
  async cut({ fault, forward, outgoing }) {
    const answer = await forward()
    headed(answer, outgoing)
    let left = fault.after_bytes ?? 0
    for await (const chunk of answer) {
      const part = (chunk as Buffer).subarray(0, left)
      left -= part.length
      await written(outgoing, part)
      if (left === 0) break
    }
    outgoing.destroy()
  },
  async slow({ fault, forward, outgoing }) {
    const answer = await forward()
    headed(answer, outgoing)
    const rate = fault.bytes_per_second ?? 100_000
    for await (const chunk of answer) {
      await written(outgoing, chunk as Buffer)
      await delay(((chunk as Buffer).length / rate) * 1000)
    }
    outgoing.end()
  },
  async corrupt({ forward, outgoing }) {
    const answer = await forward()
    const body = await bodyOf(answer)
    body[body.length >> 1] = (body[body.length >> 1] ?? 0) ^ 1
    headed(answer, outgoing).end(body)
  },
  async without_prefer({ incoming, forward, outgoing }) {
    const { prefer: _, ...headers } = incoming.headers
    const answer = await forward(headers)
    answer.pipe(headed(answer, outgoing))
  },
  async without_range({ incoming, forward, outgoing }) {
    const { range: _, 'if-range': __, ...headers } = incoming.headers
    const answer = await forward(headers)
    answer.pipe(headed(answer, outgoing))
  },
  async newer({ forward, outgoing }) {
    const answer = await forward()
    const isStream = answer.headers['content-type']?.startsWith('text/event-stream')
    if (isStream) {
      headed(answer, outgoing)
      for await (const chunk of newerEvents(answer)) await written(outgoing, Buffer.from(chunk))
      outgoing.end()
      return
    }
    const body = newerAnswer((await bodyOf(answer)).toString())
    const { 'content-length': _, ...headers } = answer.headers
    outgoing.writeHead(answer.statusCode ?? 500, headers).end(body)
  },
  async kill_gateway({ fault, forward, outgoing, killGateway }) {
    const answer = await forward()
    headed(answer, outgoing)
    answer.on('error', () => outgoing.destroy())
    let left = fault.after_bytes ?? 1
    for await (const chunk of answer) {
      await written(outgoing, chunk as Buffer)
      left -= (chunk as Buffer).length
      if (left <= 0) break
    }
    outgoing.destroy()
    await killGateway()
  },
} as const satisfies Record<FaultName, (exchange: Exchange) => Promise<void>>

async function bodyOf(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

const written = (outgoing: Exchange['outgoing'], chunk: Buffer): Promise<void> =>
  new Promise((resolve, reject) => outgoing.write(chunk, (error) => (error ? reject(error) : resolve())))
