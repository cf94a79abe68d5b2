/** A disposable real S3-compatible server for tests: empty, private, and gone with the test. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { eventually } from './eventually.ts'
import { freePort } from './listening.ts'
import { watchOver } from './reaper.ts'
import { repositoryRoot } from './runtime.ts'
import { temporaryFolder } from './temporary-folder.ts'

const READY_TIMEOUT_MS = 20_000
const PORT_ATTEMPTS = 5
const OUTPUT_KEPT = 4000

export interface DisposableS3 {
  /** `http://127.0.0.1:PORT`; buckets stand in the path. */
  readonly endpoint: string
  /** Exists, and is empty at first. */
  readonly bucket: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** As the environment of our processes spells all of this. */
  readonly environment: Readonly<Record<string, string>>
  /** Where the server keeps its objects: a folder with the bucket's name in it. */
  readonly folder: string
  /** Ends the server and removes its folder; twice is fine. */
  stop(): Promise<void>
}

interface S3Options {
  /** Where objects are kept. Default: a temporary folder. One that is given is not removed. */
  readonly folder?: string
}

const KEYS = { accessKeyId: 'test-access-key', secretAccessKey: 'test-secret-key' }
const PLACE = { bucket: 'videos', region: 'us-east-1' }

/** Starts a server on a free port of loopback, with one bucket. Throws where `npm run test:full` has not provided it. */
export async function startS3({ folder: given }: S3Options = {}): Promise<DisposableS3> {
  const own = await temporaryFolder()
  const folder = given ?? join(own.path, 'objects')
  await mkdir(join(folder, PLACE.bucket), { recursive: true })
  await mkdir(join(own.path, 'attributes'), { recursive: true })
  try {
    const { child, port } = await startOnFreePort(folder, own.path)
    const endpoint = `http://127.0.0.1:${port}`
    return {
      ...PLACE,
      ...KEYS,
      endpoint,
      folder,
      environment: {
        S3_BUCKET: PLACE.bucket,
        S3_REGION: PLACE.region,
        S3_ENDPOINT: endpoint,
        S3_ACCESS_KEY_ID: KEYS.accessKeyId,
        S3_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
        S3_FORCE_PATH_STYLE: 'true',
      },
      async stop() {
        await end(child)
        await own.remove()
      },
    }
  } catch (error) {
    await own.remove()
    throw error
  }
}

/** Somebody may take the port between our look and the server's: then another one is tried. */
async function startOnFreePort(
  folder: string,
  own: string,
  attempt = 1,
): Promise<{ child: ChildProcess; port: number }> {
  const port = await freePort()
  try {
    return { child: await startServer(port, folder, own), port }
  } catch (error) {
    const taken = error instanceof Error && error.message.includes('address already in use')
    if (!taken || attempt === PORT_ATTEMPTS) throw error
    return startOnFreePort(folder, own, attempt + 1)
  }
}

async function startServer(port: number, folder: string, own: string): Promise<ChildProcess> {
  // Attributes lie apart: a file system in state may have none.
  const argv = ['--port', `127.0.0.1:${port}`, '--quiet', 'posix', '--sidecar', join(own, 'attributes'), folder]
  const env = { ROOT_ACCESS_KEY: KEYS.accessKeyId, ROOT_SECRET_KEY: KEYS.secretAccessKey }
  const child = spawn(program(), argv, { env, cwd: own, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-OUTPUT_KEPT)
    })
  }
  let ended = false
  child.once('exit', () => {
    ended = true
  })
  child.once('error', () => {
    ended = true
  })
  if (child.pid !== undefined) child.once('exit', watchOver({ pid: child.pid, folder: own }))
  const hasAnswered = () =>
    fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(1000) }).then(
      () => true,
      () => false,
    )
  try {
    await eventually(async () => ended || (await hasAnswered()), { timeoutMs: READY_TIMEOUT_MS })
  } catch (error) {
    await end(child)
    throw error
  }
  if (ended) throw new Error(`The S3 server ended before it was ready.\n${output}`)
  return child
}

/** What `scripts/runtime/provide-s3-server.mjs` wrote down. */
function program(): string {
  const note = join(repositoryRoot(dirname(fileURLToPath(import.meta.url))), '.runtime', 's3-server.json')
  try {
    return String(JSON.parse(readFileSync(note, 'utf8')).program)
  } catch {
    throw new Error('There is no S3 server for the tests. Run npm run test:full, which builds one.')
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}
