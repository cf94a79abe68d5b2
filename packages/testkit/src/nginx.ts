/** A real nginx on a free port of loopback, with the configuration that a test writes; gone with the test. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { eventually } from './eventually.ts'
import { freePort } from './listening.ts'
import { watchOver } from './reaper.ts'
import { temporaryFolder } from './temporary-folder.ts'

const READY_TIMEOUT_MS = 10_000
const PORT_ATTEMPTS = 5

export interface Nginx {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string
  readonly pid: number
  /** Ends it and removes its folder; twice is fine. */
  stop(): Promise<void>
}

/** `locations` is the inside of the one `server` block, without `listen`. */
export async function startNginx(locations: string, attempt = 1): Promise<Nginx> {
  const folder = await temporaryFolder()
  const port = await freePort()
  const sign = `/${randomUUID()}`
  const file = join(folder.path, 'nginx.conf')
  await writeFile(file, configuration(port, `location = ${sign} { return 204; }\n${locations}`))
  const argv = ['-p', folder.path, '-e', 'stderr', '-c', file]
  const child = spawn(findNginx(), argv, { stdio: ['ignore', 'ignore', 'pipe'], detached: true })
  let said = ''
  child.stderr?.on('data', (bytes: Buffer) => {
    said = (said + bytes.toString()).slice(-2000)
  })
  const { pid } = child
  if (pid === undefined) throw await once(child, 'error').then(([error]) => error)
  child.once('exit', watchOver({ pid, folder: folder.path }))
  const stop = async () => {
    await end(child)
    await folder.remove()
  }
  try {
    // Only ours knows the sign; somebody else may have taken the port meanwhile.
    await eventually(() => child.exitCode !== null || answers(`http://127.0.0.1:${port}${sign}`), {
      timeoutMs: READY_TIMEOUT_MS,
      everyMs: 10,
    })
    if (child.exitCode !== null) throw new Error(`nginx ended before it was ready.\n${said}`)
    return { origin: `http://127.0.0.1:${port}`, pid, stop }
  } catch (error) {
    await stop()
    const taken = said.includes('Address already in use') && attempt < PORT_ATTEMPTS
    if (taken) return startNginx(locations, attempt + 1)
    throw error
  }
}

/** One process that does the work itself, so that one signal ends it; nothing outside of its folder is written. */
const configuration = (port: number, locations: string) => `
daemon off;
master_process off;
pid nginx.pid;
events { worker_connections 1024; }
http {
  access_log off;
  sendfile on;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  server {
    listen 127.0.0.1:${port};
    ${locations}
  }
}
`

/** The one that the scripts found (`NGINX`), or the machine's own. */
function findNginx(): string {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  const found = process.env.NGINX ?? folders.map((folder) => join(folder, 'nginx')).find(existsSync)
  if (found === undefined) throw new Error('There is no nginx here. npm run test:full and npm run bench provide one.')
  return found
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ status }) => status === 204,
    () => false,
  )

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}
