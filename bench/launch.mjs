/** Starts the bench's other processes, and knows how to end them. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * Starts a program of this repository (a path from its root) that prints its origin when it listens.
 * Resolves to `{ origin, pid, end }`.
 */
async function launch(program, env = {}) {
  const child = spawn(process.execPath, [program], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const exited = once(child, 'exit')
  const line = once(createInterface({ input: child.stdout }), 'line')
  const origin = await Promise.race([line.then(([text]) => text), exited.then(() => null)])
  if (origin === null) throw new Error(`${program} ended before it listened.`)
  return {
    origin,
    pid: child.pid,
    async end() {
      process.off('exit', kill)
      if (child.exitCode === null && child.signalCode === null) kill()
      await exited
    },
  }
}

/**
 * The local video site in a process of its own, so that sending costs both sides the same. `latencyMs`: how long each request waits for
 * its answer.
 */
export const launchVideoSite = ({ latencyMs = 0 } = {}) =>
  launch('packages/testkit/dist/serve-video-site.js', { LATENCY_MS: String(latencyMs) })

/** Makes an API key as an operator does, and resolves to its text. */
export async function createKey(redisUrl, words) {
  const env = { PATH: process.env.PATH, REDIS_URL: redisUrl }
  const argv = ['apps/api/dist/keys.js', 'create', '--json', ...words]
  const { stdout } = await promisify(execFile)(process.execPath, argv, { cwd: ROOT, env })
  return JSON.parse(stdout).key
}

/** Fetches one address on several connections at once, and resolves to the milliseconds that it took. */
export async function runReader(url, connections) {
  const { stdout } = await promisify(execFile)(process.execPath, ['bench/peers/reader.mjs', url, String(connections)], {
    cwd: ROOT,
  })
  return Number(stdout)
}

/** Bare Fastify routes that answer with `reply` (GET /) and with `accepted` (POST /). */
export const launchBareRoutes = (bodies) =>
  launch('bench/peers/bare-routes.mjs', { BODIES: JSON.stringify(bodies), NODE_ENV: 'production' })
