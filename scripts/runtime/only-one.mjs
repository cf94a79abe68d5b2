/**
 * A lock that cannot be left behind: a listening socket in Linux's abstract namespace, which the kernel closes with
 * its process, however that ends. Whoever connects is notified the holder's process id.
 */
import { createHash } from 'node:crypto'
import { connect, createServer } from 'node:net'

/** The lock on `purpose` for the folder at `path`. One user's lock does not stand in another user's way. */
function addressOf(purpose, path) {
  const digest = createHash('sha256').update(path).digest('hex').slice(0, 32)
  return `\0video-scraper-${purpose}-${process.getuid?.() ?? 0}-${digest}`
}

/**
 * Resolves to a function that gives the lock back, or to undefined when another process holds it.
 * Elsewhere than on Linux there is no such socket, and the lock is always given.
 */
export function tryToBeTheOnlyOne(purpose, path) {
  if (process.platform !== 'linux') return Promise.resolve(() => {})
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.on('error', () => {}).end(`${process.pid}`))
    server.unref()
    server.once('error', (cause) => (cause.code === 'EADDRINUSE' ? resolve(undefined) : reject(cause)))
    server.listen(addressOf(purpose, path), () => resolve(() => server.close()))
  })
}

/** The process id of the lock's holder, or undefined when it let go meanwhile or does not answer within a second. */
export function askTheHolder(purpose, path) {
  return new Promise((resolve) => {
    let text = ''
    const socket = connect(addressOf(purpose, path))
    socket.setTimeout(1000, () => socket.destroy())
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(Number(text) || undefined))
  })
}

/** Waits, as long as it takes, until the lock is ours. `onWait` is called once, with the holder's process id if known. */
export async function becomeTheOnlyOne(purpose, path, onWait) {
  for (let turn = 0; ; turn += 1) {
    const release = await tryToBeTheOnlyOne(purpose, path)
    if (release) return release
    if (turn === 0) onWait(await askTheHolder(purpose, path))
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
