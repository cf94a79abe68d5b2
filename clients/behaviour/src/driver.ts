/** Speaks to the program that stands for a client library: one line of JSON for each call, and one for its outcome. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export interface Outcome {
  readonly result?: unknown
  readonly error?: Readonly<Record<string, unknown>>
  /** The lines of the client's log. */
  readonly log?: readonly unknown[]
}

export interface Driver {
  perform(client: object, call: string, parameters: object): Promise<Outcome>
  stop(): Promise<void>
}

/** `command`: the program and its arguments. */
export function startDriver([program = '', ...argv]: readonly string[], env: Record<string, string> = {}): Driver {
  const child = spawn(program, argv, {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const waiting = new Map<number, (outcome: Outcome) => void>()
  let last = 0
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, ...outcome } = JSON.parse(line) as Outcome & { id: number }
    waiting.get(id)?.(outcome)
    waiting.delete(id)
  })
  child.on('exit', () => {
    for (const settle of waiting.values()) settle({ error: { group: 'DriverEnded' } })
  })
  // Said by the outcome of the call.
  child.stdin.on('error', () => undefined)
  return {
    perform(client, call, parameters) {
      const id = ++last
      if (child.exitCode !== null) return Promise.resolve({ error: { group: 'DriverEnded' } })
      return new Promise((resolve) => {
        waiting.set(id, resolve)
        child.stdin.write(`${JSON.stringify({ id, client, call, with: parameters })}\n`)
      })
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.stdin.end()
      await once(child, 'exit')
    },
  }
}
