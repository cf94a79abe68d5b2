/** A connection to Redis that can be cut without being closed, as a network does it: nothing arrives, nobody is notified. */
import { createServer, connect as dial, type Socket } from 'node:net'
import { afterEach } from '@jest/globals'

export interface FaultyLine {
  /** Takes the place of the server's own URL. */
  readonly url: string
  cut(): void
  mend(): void
}

/** Lines of a test end with it. */
export function useFaultyLines(): (port: number) => Promise<FaultyLine> {
  const closings: (() => void)[] = []
  afterEach(() => {
    for (const close of closings.splice(0)) close()
  })
  return async (port) => {
    const sockets = new Set<Socket>()
    let isCut = false
    const server = createServer((near) => {
      const far = dial({ host: '127.0.0.1', port })
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(from)
        from.on('error', () => undefined)
        from.on('close', () => {
          sockets.delete(from)
          to.destroy()
        })
        from.pipe(to)
        if (isCut) from.pause()
      }
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closings.push(() => {
      server.close()
      for (const socket of sockets) socket.destroy()
    })
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('The line has no port.')
    return {
      url: `redis://127.0.0.1:${address.port}`,
      cut() {
        isCut = true
        for (const socket of sockets) socket.pause()
      },
      mend() {
        isCut = false
        for (const socket of sockets) socket.resume()
      },
    }
  }
}
