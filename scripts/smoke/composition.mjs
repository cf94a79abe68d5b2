/** The composed stack of one smoke: a project, a port and volumes of its own, so that it disturbs no other stack. */
import { randomBytes } from 'node:crypto'
import { mustRun, runCommand } from '../runtime/run-command.mjs'
import { say, UserFacingError } from '../runtime/say.mjs'
import { freePort } from '../stack/port.mjs'

const MINUTE_MS = 60_000
const BUILD_MS = 15 * MINUTE_MS
const START_MS = 4 * MINUTE_MS
const COMMAND_MS = 2 * MINUTE_MS

const removalArgv = ['down', '--volumes', '--remove-orphans', '--rmi', 'local']

/** The settings of whoever runs the smoke must not change the stack; Docker's own ones must reach it. */
const passedOn = /^(PATH|HOME|DOCKER_.*|BUILDKIT_.*|(HTTPS?|NO|ALL)_PROXY)$/i

/** Throws an `UserFacingError` where no Docker Engine answers. Nothing is started yet. */
export async function createComposition() {
  const project = `video-scraper-smoke-${randomBytes(4).toString('hex')}`
  const port = await freePort()
  const known = Object.entries(process.env).filter(([name]) => passedOn.test(name))
  const env = { ...Object.fromEntries(known), PORT: String(port) }
  const files = ['docker-compose.yml', 'e2e/docker-compose.test.yml'].flatMap((file) => ['--file', file])
  const composeArgv = ['compose', '--ansi', 'never', '--env-file', '/dev/null', ...files, '--project-name', project]

  const stopping = new AbortController()
  const run = (argv, options) =>
    mustRun(`docker ${argv.join(' ')}`, 'docker', argv, { env, killSignal: 'SIGKILL', ...options })
  const docker = (argv, timeout = COMMAND_MS) => run(argv, { timeout, signal: stopping.signal })
  const compose = (argv, timeout) => docker([...composeArgv, ...argv], timeout)
  const containers = async (service) => (await compose(['ps', '--all', '--quiet', service])).split('\n').filter(Boolean)

  const { code, output } = await runCommand('docker', ['info'], { env, timeout: COMMAND_MS })
  if (code !== 0) throw new UserFacingError(`No Docker Engine answers:\n${output.trimEnd()}`)

  let removal
  return {
    origin: `http://127.0.0.1:${port}`,
    docker,
    /** The ids of a service's containers, also of those that have ended. */
    containers,
    async start() {
      await timed('images built', () => compose(['build'], BUILD_MS))
      await timed('stack healthy', () => compose(['up', '--detach', '--wait'], START_MS))
    },
    /** Starts what is not running, and resolves when everything is healthy. */
    resume: (workers = 1) =>
      compose(['up', '--detach', '--wait', '--no-recreate', '--scale', `worker=${workers}`], START_MS),
    stop: () => compose(['stop']),
    /** Standard output and error of a shell command in the first container of a service; rejects when it fails. */
    async shell(service, command) {
      const [container] = await containers(service)
      return docker(['exec', container, 'sh', '-c', command])
    },
    /** What the containers wrote, the newest part; never rejects. */
    async logs() {
      const output = await compose(['logs', '--no-color', '--tail', '150']).catch(({ message }) => message)
      // Compose clears its lines even when it is asked for no colours.
      return output.replaceAll('\u001b[2K', '')
    },
    /**
     * Ends what is being done, and removes containers, networks, volumes and images. Asked twice, it is done once. Never
     * rejects: a failure is reported and makes the exit code 1.
     */
    remove() {
      stopping.abort()
      removal ??= timed('removed', () => run([...composeArgv, ...removalArgv], { timeout: START_MS })).catch(
        (cause) => {
          process.exitCode = 1
          say(cause.message)
        },
      )
      return removal
    },
  }
}

async function timed(what, work) {
  const startedAt = performance.now()
  await work()
  say(`       ${what} (${Math.round((performance.now() - startedAt) / 1000)} s)`)
}
