/** Client connections that have not said yet whose they are: few, and for a short time. */
import type { Socket } from 'node:net'

export interface Strangers {
  /** Bounds the time of a new connection. Where there are too many, the one that has been there longest goes. */
  arrived(socket: Socket): void
  /** It has shown a job's credentials, and counts as that job's from now on. Twice is fine. */
  known(socket: Socket): void
}

const COUNT_MAX = 512
const WITHIN_MS = 1_000

/** An honest client sends its credentials with its first bytes, so the oldest stranger is the least likely to be one. */
export function createStrangers(): Strangers {
  const timers = new Map<Socket, NodeJS.Timeout>()
  const forget = (socket: Socket): void => {
    clearTimeout(timers.get(socket))
    timers.delete(socket)
  }
  return {
    arrived(socket) {
      const expire = () => {
        // After a pause of this process the bytes may be here unread; they are read before the next immediate.
        setImmediate(() => timers.has(socket) && socket.destroy())
      }
      timers.set(socket, setTimeout(expire, WITHIN_MS))
      socket.once('close', () => forget(socket))
      const [oldest] = timers.keys()
      if (timers.size > COUNT_MAX) oldest?.destroy()
      if (timers.size > COUNT_MAX && oldest) forget(oldest)
    },
    known: forget,
  }
}
