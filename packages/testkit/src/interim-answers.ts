/** A source that never comes to its answer: interim answers (1xx), as fast as they are taken. */
import { createServer, type Socket } from 'node:net'
import { boundPort, closed } from './listening.ts'

export interface InterimAnswers {
  /** `127.0.0.1:PORT` */
  readonly host: string
  /** How many connections have been flooded. */
  connections(): number
  stop(): Promise<void>
}

/** One head of 64 kB in lines of a byte, and then small ones: what reading costs, and what counting costs. */
const LARGE = `HTTP/1.1 100 C\n${'a\n'.repeat(32_000)}\n`
const SMALL = 'HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n'.repeat(1_000)

/** The connections take turns with large and small heads. */
export async function startInterimAnswers(): Promise<InterimAnswers> {
  const sockets = new Set<Socket>()
  let count = 0
  const server = createServer((socket) => {
    const bytes = Buffer.from(count % 2 === 0 ? LARGE : SMALL)
    count += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    const more = () => {
      while (!socket.destroyed && socket.write(bytes)) {
        // The loop ends when the buffer is full.
      }
    }
    socket.on('drain', more)
    // What is asked does not matter, but that it is asked: whoever only connects is not yet waiting for an answer.
    socket.once('data', more)
    socket.resume()
  })
  const port = await boundPort(server, { host: '127.0.0.1', port: 0 })
  return {
    host: `127.0.0.1:${port}`,
    connections: () => count,
    async stop() {
      for (const socket of sockets) socket.destroy()
      await closed(server)
    },
  }
}
