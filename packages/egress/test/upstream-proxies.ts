/** Upstream proxies of tests, and an egress proxy that leaves through them. */
import { connect } from 'node:net'
import {
  createTargetPolicy,
  type EgressProxy,
  parseUpstreamProxy,
  startEgressProxy,
  type UpstreamProxy,
} from '../src/index.ts'
import { startTcp, whenDone } from './servers.ts'

export const PUBLIC = '93.184.215.14'
export const SECRET = 'p:ss wörd'

export interface Upstream {
  readonly setting: UpstreamProxy
  /** The heads of what it was asked. */
  readonly asked: string[]
}

export const settingFor = (port: number): UpstreamProxy => {
  const setting = parseUpstreamProxy(`http://user:${encodeURIComponent(SECRET)}@127.0.0.1:${port}`)
  if (setting === null) throw new Error('There is a setting.')
  return setting
}

/** A proxy that joins whoever asks with one port of loopback, whatever address it is asked for. */
export async function startUpstream(target: number): Promise<Upstream> {
  const asked: string[] = []
  const port = await startTcp((socket) => {
    socket.once('data', (bytes) => {
      asked.push(bytes.toString('latin1'))
      const onward = connect(target, '127.0.0.1')
      whenDone(() => onward.destroy())
      onward.on('error', () => socket.destroy())
      socket.on('error', () => onward.destroy())
      // In two pieces, as a network may deliver it.
      socket.write('HTTP/1.1 200 Connec')
      setImmediate(() => {
        socket.write('tion established\r\nVia: upstream\r\n\r\n')
        socket.pipe(onward).pipe(socket)
      })
    })
  })
  return { setting: settingFor(port), asked }
}

export interface Logged {
  readonly proxy: EgressProxy
  readonly log: unknown[]
}

export async function proxyThrough(
  upstream: UpstreamProxy,
  answers: string[][] = [[PUBLIC]],
  connectTimeoutMs = 15_000,
): Promise<Logged> {
  const log: unknown[] = []
  const resolve = async () => (answers.length > 1 ? answers.shift() : answers[0]) ?? []
  const proxy = await startEgressProxy({
    policy: createTargetPolicy({ allow: [], resolve }),
    upstream,
    limits: { connectTimeoutMs, idleTimeoutMs: 300_000 },
    logger: { warn: (fields, message) => void log.push([message, fields]) },
  })
  whenDone(() => proxy.close())
  return { proxy, log }
}

export const CREDENTIALS = `Proxy-Authorization: Basic ${Buffer.from(`user:${SECRET}`).toString('base64')}\r\n`
