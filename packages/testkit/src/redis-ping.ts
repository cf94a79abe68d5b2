/** Asks a Redis server whether it is ready, in its own protocol, so that the kit needs no client library. */
import { connect } from 'node:net'

const ANSWER_TIMEOUT_MS = 1000
const QUESTIONS = '*1\r\n$4\r\nPING\r\n*2\r\n$4\r\nINFO\r\n$6\r\nserver\r\n'

/**
 * True when process `pid` answers PONG on this port of loopback; false when it refuses, still loads, says nothing, or
 * when it is another server that took the port first.
 */
export const answersPing = ({ port, pid }: { port: number; pid: number }): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    let received = ''
    const finish = (answer: boolean): void => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => finish(false))
    socket.once('connect', () => socket.write(QUESTIONS))
    socket.on('data', (bytes) => {
      received += bytes.toString('latin1')
      if (!'+PONG\r\n'.startsWith(received.slice(0, 7))) return finish(false)
      const answering = /\r\nprocess_id:(\d+)\r\n/.exec(received)?.[1]
      if (answering !== undefined) finish(answering === String(pid))
    })
    socket.once('error', () => finish(false))
    socket.once('close', () => finish(false))
  })
