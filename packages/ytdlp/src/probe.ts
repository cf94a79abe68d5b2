/** What a job is refused here, and by which layer of its sandbox: tried on this machine's own kernel. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import type { EngineParts } from './engine-options.ts'
import type { SandboxInForce } from './event-parts.ts'
import { question } from './question.ts'

export type Layer = keyof SandboxInForce

export interface ProbeRequest {
  /** An empty folder that no job may reach. */
  readonly folder: string
  /** System calls by name, on this processor (`systemCallNumbers` of the sandbox package). */
  readonly numbers: Readonly<Record<string, number>>
}

interface ProbedAttempt {
  readonly area: string
  readonly what: string
  /** By the whole sandbox. */
  readonly refused: boolean
  /** The layers that refuse it also when each is alone. */
  readonly by: readonly Layer[]
  /** Without any sandbox, because of who the worker's user is. */
  readonly refusedAnyway: boolean
}

export interface ProbeReport {
  readonly sandbox: SandboxInForce
  readonly attempts: readonly ProbedAttempt[]
}

const LAYERS = ['landlock', 'systemCalls', 'capabilities', 'ownUser'] as const satisfies readonly Layer[]

/** Puts up what is to be out of reach, tries to reach it with every layer alone, with none and with all, and puts it away. */
export async function probe(engine: EngineParts, { folder, numbers }: ProbeRequest): Promise<ProbeReport> {
  if (engine.sandbox === null) throw new TypeError('There is no sandbox to probe.')
  const secret = join(folder, 'secret')
  const path = join(folder, 'socket')
  await writeFile(secret, 'secret', { mode: 0o600 })
  const victim = spawn('sleep', ['600'], { stdio: 'ignore' })
  const targets: Server[] = []
  try {
    await once(victim, 'spawn')
    const other = await listening(0)
    targets.push(other, await listening(path), await listening(`\0video-scraper-probe-${victim.pid}`))
    const { port } = other.address() as AddressInfo
    const given = { port, socket: path, secret, victim: victim.pid, numbers }
    const tried = (layers: readonly Layer[]) => tryWith(engine, layers, given)
    const whole = await tried(LAYERS)
    const none = await tried([])
    const alone = new Map<Layer, Awaited<ReturnType<typeof tryWith>>>()
    for (const layer of LAYERS) alone.set(layer, await tried([layer]))
    return {
      sandbox: whole.sandbox,
      attempts: whole.attempts.map(({ area, what, refused }, index) => ({
        area,
        what,
        refused,
        refusedAnyway: none.attempts[index]?.refused === true,
        by: LAYERS.filter((layer) => alone.get(layer)?.attempts[index]?.refused && !none.attempts[index]?.refused),
      })),
    }
  } finally {
    victim.kill('SIGKILL')
    for (const target of targets) target.close()
  }
}

interface Attempt {
  readonly area: string
  readonly what: string
  readonly refused: boolean
}

/** A sandbox that is not whole is none that may be required. */
async function tryWith(engine: EngineParts, layers: readonly Layer[], given: object) {
  const probed = engine.sandbox && { ...engine.sandbox, required: false, layers }
  const users = layers.includes('ownUser') ? engine.users : null
  const { sandbox, attempts } = await question(
    { ...engine, sandbox: probed, users },
    { mode: 'probe', probe: given, ports: [] },
  )
  return { sandbox, attempts: attempts as readonly Attempt[] }
}

async function listening(address: number | string): Promise<Server> {
  const server = createServer((socket) => socket.on('error', () => undefined).destroy())
  if (typeof address === 'number') server.listen(address, '127.0.0.1')
  else server.listen(address)
  await once(server, 'listening')
  return server
}
