/** Runs a Redis server of our own for whoever has configured none: private, durable, and never on the usual port. */
import { randomBytes } from 'node:crypto'
import { chmodSync, closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { UserFacingError } from '../runtime/say.mjs'
import { freePort } from './port.mjs'
import { startMember } from './processes.mjs'

/** Longer paths do not fit into the address of a Unix socket. A question mark would begin options. */
const fitsASocket = (path) => Buffer.byteLength(path) <= 107 && !path.includes('?')

/** Loading a large file takes a while; a server that says so is not counted as hanging. */
const readyWithinMs = 120_000

/**
 * Makes the server's folder in `dataDir` and chooses where it listens: on a socket in there, else on a port of loopback. Either
 * way behind a password that is made at each start, so that it is not enough to reach it.
 */
export async function chooseEndpoint(dataDir) {
  const folder = `${dataDir}/redis`
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  const password = randomBytes(24).toString('hex')
  const secured = [`requirepass ${password}`]
  const path = `${folder}/redis.sock`
  if (fitsASocket(path)) {
    const lines = ['port 0', `unixsocket "${path}"`, 'unixsocketperm 700', ...secured]
    return { folder, url: `${path}?password=${password}`, address: { path }, password, lines }
  }
  const port = await freePort()
  const lines = [`port ${port}`, 'bind 127.0.0.1', ...secured]
  const url = `redis://:${password}@127.0.0.1:${port}`
  return { folder, url, address: { host: '127.0.0.1', port }, password, lines }
}

const configuration = ({ folder, lines }) =>
  [
    ...lines,
    `dir "${folder}"`,
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    'maxmemory-policy noeviction',
    'daemonize no',
    'loglevel notice',
  ].join('\n')

/** For `npm run keys`: where the server of a running stack is, with its password, which is nowhere else. */
const addressFile = (dataDir) => `${dataDir}/redis/address`

export const keepAddress = (dataDir, { url }) => writeFileSync(addressFile(dataDir), url, { mode: 0o600 })

export const forgetAddress = (dataDir) => rmSync(addressFile(dataDir), { force: true })

/** Undefined when no stack runs on this folder with a server of its own. */
export function readAddress(dataDir) {
  try {
    return readFileSync(addressFile(dataDir), 'utf8')
  } catch {
    return undefined
  }
}

/** Starts the server behind `endpoint`. Returns `{ url, member, awaitReady(over) }`; what it says goes to `redis.log` in its folder. */
export function startEmbeddedRedis({ redisServer, endpoint, env, isRestart = false }) {
  const log = `${endpoint.folder}/redis.log`
  const logDescriptor = openSync(log, isRestart ? 'a' : 'w', 0o600)
  // The configuration travels through a pipe: a password in the arguments could be read by every user.
  const stdio = ['pipe', logDescriptor, logDescriptor]
  const member = startMember({ name: 'Redis', command: redisServer, argv: ['-'], env, stdio, log })
  closeSync(logDescriptor)
  member.child.stdin.on('error', () => {}).end(configuration(endpoint))
  return { url: endpoint.url, member, awaitReady: (over) => awaitPong(endpoint, { member, log, over }) }
}

async function awaitPong({ address, password }, { member, log, over }) {
  const deadline = Date.now() + readyWithinMs
  while (!over.aborted && !(await answersPing(address, password))) {
    if (member.hasEnded) throw new UserFacingError(`Redis did not start. Its log says:\n${lastLines(log)}`)
    if (Date.now() > deadline)
      throw new UserFacingError(`Redis did not answer in time. Its log says:\n${lastLines(log)}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

function answersPing(address, password) {
  return new Promise((resolve) => {
    let text = ''
    const socket = connect(address)
    socket.setTimeout(1000, () => socket.destroy())
    socket.on('connect', () => socket.write(`${password ? `AUTH ${password}\r\n` : ''}PING\r\n`))
    socket.on('data', (chunk) => {
      text += chunk
      // Anything else, for instance that it is loading, means "not yet".
      if (text.includes('PONG') || text.includes('-')) socket.destroy()
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(text.includes('PONG')))
  })
}

const lastLines = (file) => readFileSync(file, 'utf8').trimEnd().split('\n').slice(-8).join('\n')
