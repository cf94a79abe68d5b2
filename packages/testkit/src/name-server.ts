/** A DNS server (RFC 1035) of the tests, on loopback over UDP: it knows some names, and is silent where it is asked to be. */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { isIPv6 } from 'node:net'

export interface NameServer {
  /** `127.0.0.1:PORT`, as `EGRESS_DNS_SERVERS` wants it. */
  readonly address: string
  /** Every question so far, in order: `A name` or `AAAA name`. */
  asked(): readonly string[]
  stop(): Promise<void>
}

/** The addresses of a name, none (`NXDOMAIN`), or no answer at all. A function is asked for each question. */
export type NameAnswer = readonly string[] | 'silent' | ((question: 'A' | 'AAAA') => readonly string[] | 'silent')

const TYPES: Readonly<Record<number, 'A' | 'AAAA'>> = { 1: 'A', 28: 'AAAA' }
const HEADER_BYTES = 12
const NOT_FOUND = 3

/** `names`: `*.example` stands for every name below `example`. A name that is not listed is not found. */
export async function startNameServer(names: Readonly<Record<string, NameAnswer>>): Promise<NameServer> {
  const asked: string[] = []
  const server = createSocket('udp4')
  server.on('message', (question, { port, address }) => {
    const { name, type, end } = readQuestion(question)
    if (type) asked.push(`${type} ${name}`)
    const entry = names[name] ?? names[name.replace(/^[^.]+/, '*')] ?? []
    const found = typeof entry === 'function' && type ? entry(type) : entry
    if (found === 'silent' || typeof found === 'function') return
    const wanted = found.filter((each) => isIPv6(each) === (type === 'AAAA'))
    const header = Buffer.from(question.subarray(0, HEADER_BYTES))
    header.writeUInt16BE(0x8180 | (found.length === 0 ? NOT_FOUND : 0), 2)
    for (const [at, count] of [1, wanted.length, 0, 0].entries()) header.writeUInt16BE(count, 4 + 2 * at)
    server.send(Buffer.concat([header, question.subarray(HEADER_BYTES, end), ...wanted.map(recordOf)]), port, address)
  })
  server.bind(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `127.0.0.1:${server.address().port}`,
    asked: () => asked,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function readQuestion(message: Buffer): { name: string; type: 'A' | 'AAAA' | undefined; end: number } {
  const labels: string[] = []
  let at = HEADER_BYTES
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length))
    at += length + 1
  }
  return { name: labels.join('.').toLowerCase(), type: TYPES[message.readUInt16BE(at + 1)], end: at + 5 }
}

/** Points back to the question's name, and is good for no time at all. */
function recordOf(address: string): Buffer {
  const bytes = isIPv6(address) ? ipv6Bytes(address) : address.split('.').map(Number)
  const record = Buffer.alloc(12)
  record.writeUInt16BE(0xc00c, 0)
  record.writeUInt16BE(bytes.length === 4 ? 1 : 28, 2)
  record.writeUInt16BE(1, 4)
  record.writeUInt16BE(bytes.length, 10)
  return Buffer.concat([record, Buffer.from(bytes)])
}

function ipv6Bytes(address: string): number[] {
  const [front = [], back] = address.split('::').map((half) => half.split(':').filter(Boolean)) as [string[], string[]?]
  const zeros = back ? Array<string>(8 - front.length - back.length).fill('0') : []
  return [...front, ...zeros, ...(back ?? [])].flatMap((group) => {
    const value = Number.parseInt(group, 16)
    return [value >> 8, value & 0xff]
  })
}
