/** Looks whether a port can be listened on, before anything is started that would need it. */
import { lookup } from 'node:dns/promises'
import { createServer } from 'node:net'
import { UserFacingError } from '../runtime/say.mjs'

/** What stands in the way of listening, in a sentence. Other errors are left to the program that really listens. */
const sentences = {
  EADDRINUSE: ({ port }) =>
    `Port ${port} is in use by another program. Stop that one, or choose another port: PORT=${port + 1} npm start`,
  EACCES: ({ port }) => `Listening on port ${port} is not allowed for this user. Choose a port above 1023.`,
}

/** Listens for a moment on one address; `port` 0 asks for any free one. Resolves to `{ port }` or `{ code }` of the error. */
function tryToListen(host, port) {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', ({ code }) => resolve({ code }))
    server.listen({ host, port, exclusive: true }, () => {
      const taken = server.address().port
      server.close(() => resolve({ port: taken }))
    })
  })
}

/** Throws an `UserFacingError` when `port` is taken on any address that `host` stands for. */
export async function mustBeFree(host, port) {
  const addresses = await lookup(host.replace(/^\[|\]$/g, ''), { all: true }).catch(() => [])
  for (const { address } of addresses) {
    const { code } = await tryToListen(address, port)
    if (code in sentences) throw new UserFacingError(sentences[code]({ port }))
  }
}

/** A port of loopback that was free a moment ago. */
export const freePort = async () => (await tryToListen('127.0.0.1', 0)).port
