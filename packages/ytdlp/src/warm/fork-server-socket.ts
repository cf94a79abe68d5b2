/** Where forked children report: a Unix socket that has a name only until the zygote has hold of it, and removes it. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A process that is ready for one job, and nobody's until it gets one. */
export interface WaitingChild {
  readonly pid: number
  /** Takes the job, one line. Nothing comes back; when this end goes, the kernel kills the child's whole group. */
  readonly control: Socket
  readonly events: Socket
  readonly diagnostics: Socket
}

export interface ForkServerSocket {
  readonly path: string
  /** What a child must say first. */
  readonly token: string
  close(): Promise<void>
}

const GREETING = /^([0-9a-f]{64}) (\d{1,10}) (control|events|diagnostics)\n$/
const GREETING_LENGTH_MAX = 100
const GREETING_WITHIN_MS = 2_000

type Role = 'control' | 'events' | 'diagnostics'

/** Calls `onArrival` once all three connections of a child are there. */
export async function openForkServerSocket(onArrival: (child: WaitingChild) => void): Promise<ForkServerSocket> {
  const folder = await mkdtemp(join(tmpdir(), 'video-scraper-fork-'))
  const removeName = (): Promise<void> => rm(folder, { recursive: true, force: true })
  const token = randomBytes(32).toString('hex')
  const arriving = new Map<number, Partial<Record<Role, Socket>>>()
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    readGreeting(socket, token, (pid, role) => {
      const connections = { ...arriving.get(pid), [role]: socket }
      const { control, events, diagnostics } = connections
      if (control && events && diagnostics) {
        arriving.delete(pid)
        return onArrival({ pid, control, events, diagnostics })
      }
      arriving.set(pid, connections)
      socket.once('close', () => arriving.delete(pid))
    })
  })
  const path = join(folder, 'forkSocket')
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(path, resolve)
    })
  } catch (error) {
    await removeName()
    throw error
  }
  return {
    path,
    token,
    async close() {
      server.close()
      for (const connections of arriving.values()) for (const socket of Object.values(connections)) socket.destroy()
      await removeName()
    },
  }
}

/** Whoever says anything else, or nothing, is sent away. What is left of the stream is for whoever reads on. */
function readGreeting(socket: Socket, token: string, onGreeting: (pid: number, role: Role) => void): void {
  let text = ''
  const read = (chunk: Buffer): void => {
    text += chunk.toString('latin1')
    const [, given, pid, role] = GREETING.exec(text) ?? []
    if (given === token) {
      socket.off('data', read)
      socket.setTimeout(0)
      // Nothing is sent on `control`, so it is read only to see its end.
      if (role !== 'control') socket.pause()
      else socket.resume()
      onGreeting(Number(pid), role as Role)
    } else if (text.length > GREETING_LENGTH_MAX || text.includes('\n')) {
      socket.destroy()
    }
  }
  socket.setTimeout(GREETING_WITHIN_MS, () => socket.destroy())
  socket.on('data', read)
}
