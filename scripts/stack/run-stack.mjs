/** The whole product on one machine: Redis if none is configured, the gateway, a worker. */
import { existsSync, mkdirSync, realpathSync } from 'node:fs'
import { askTheHolder, tryToBeTheOnlyOne } from '../runtime/only-one.mjs'
import { projectRoot } from '../runtime/paths.mjs'
import { UserFacingError } from '../runtime/say.mjs'
import { chooseEndpoint, forgetAddress, keepAddress, startEmbeddedRedis } from './embedded-redis.mjs'
import { endOrphans, forgetMembers, rememberMembers } from './orphans.mjs'
import { mustBeFree } from './port.mjs'
import { endMember, startMember } from './processes.mjs'
import { awaitReady } from './ready.mjs'
import { supervise } from './supervise.mjs'

/** A worker hands its jobs back before it ends; what takes longer is killed, and loses nothing but time. */
const programTimeoutMs = 20_000
const redisTimeoutMs = 10_000

/** Without Redis there is nobody to hand a job back to. */
const timeoutWithoutRedisMs = 3000

const programs = { 'The gateway': 'apps/api/dist/main.js', 'The worker': 'apps/worker/dist/main.js' }

/**
 * Starts the stack, calls `whenReady`, and resolves once everything has ended again, which happens when `stop` aborts.
 * Throws an `UserFacingError` when something stands in the way or ends by itself; everything else is ended before that, too.
 * When `hurry` aborts, programs that still take their time are killed.
 */
export async function runStack({ manifest, settings, variables, stop, hurry, whenReady }) {
  const release = await takeDataFolder(settings.dataDir)
  const over = new AbortController()
  const processes = { members: [], over: over.signal }
  try {
    await endOrphans(settings.dataDir)
    await mustBeFree(settings.host, settings.port)
    await Promise.race([whenAborted(stop), live({ manifest, settings, variables, processes, whenReady })])
  } finally {
    over.abort()
    await endAll(processes.members, hurry)
    forgetMembers(settings.dataDir)
    forgetAddress(settings.dataDir)
    release()
  }
}

const whenAborted = (signal) =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', resolve, { once: true })
  })

/**
 * Never resolves before it is over: it rejects when something goes wrong. What ends before all are ready has a fault that
 * another start would not mend; what ends later is started again.
 */
async function live({ manifest, settings, variables, processes, whenReady }) {
  const starts = await startAll({ manifest, settings, variables, processes })
  await Promise.race([awaitReady(settings, processes.over), firstDeath(processes.members)])
  if (!processes.over.aborted) await whenReady()
  await Promise.race(starts.map(({ member, start }) => supervise(member, start, processes.over)))
}

async function takeDataFolder(dataDir) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const place = realpathSync(dataDir)
  const release = await tryToBeTheOnlyOne('start', place)
  if (release) return release
  const holder = await askTheHolder('start', place)
  throw new UserFacingError(
    `It is already running on ${dataDir}${holder ? ` (process ${holder})` : ''}. ` +
      'Stop that one first, or start another with its own folder and port: DATA_DIR=./data2 PORT=5502 npm start',
  )
}

async function startAll({ manifest, settings, variables, processes }) {
  const starts = []
  const join = (member) => {
    processes.members = [...processes.members.filter(({ hasEnded }) => !hasEnded), member]
    rememberMembers(settings.dataDir, processes.members)
    return member
  }
  /** `begin` starts one; it is called again for each that has ended. */
  const add = (begin) => {
    const start = () => join(begin())
    starts.push({ member: start(), start })
  }
  const env = { ...variables, ...placesOf(manifest, settings) }
  if (!settings.redisUrl) {
    const endpoint = await chooseEndpoint(settings.dataDir)
    const options = { redisServer: manifest.redisServer, endpoint, env: variables }
    const redis = startEmbeddedRedis(options)
    // What it said before it ended stays in its log.
    const start = () => join(startEmbeddedRedis({ ...options, isRestart: true }).member)
    starts.push({ member: join(redis.member), start })
    await redis.awaitReady(processes.over)
    keepAddress(settings.dataDir, endpoint)
    env.REDIS_URL = redis.url
  }
  for (const [name, file] of Object.entries(programs)) {
    if (!existsSync(`${projectRoot}/${file}`)) throw new UserFacingError(`${name} is not built: ${file} is missing.`)
    if (!processes.over.aborted) add(() => startMember({ name, command: process.execPath, argv: [file], env }))
  }
  return starts
}

/** Where the programs find their data and their tools. */
const placesOf = (manifest, { dataDir, host, port }) => ({
  HOST: host,
  PORT: String(port),
  DATA_DIR: dataDir,
  PYTHON: manifest.python,
  YTDLP_HOME: manifest.ytdlp,
  FFMPEG: manifest.ffmpeg,
  FFPROBE: manifest.ffprobe,
})

/** Rejects with a sentence as soon as one process has ended by itself. */
async function firstDeath(members) {
  const { sentence, lastWords } = await Promise.race(members.map(({ ended }) => ended))
  throw new UserFacingError(`${sentence} ${lastWords} Everything else was stopped.`)
}

/** The programs first and together, Redis last: until then they may have something to say to it. */
async function endAll(members, hurry) {
  const isRedis = ({ name }) => name === 'Redis'
  const timeoutMs = members.some((member) => isRedis(member) && member.hasEnded)
    ? timeoutWithoutRedisMs
    : programTimeoutMs
  const others = members.filter((member) => !isRedis(member))
  await Promise.all(others.map((member) => endMember(member, timeoutMs, hurry)))
  await Promise.all(members.filter(isRedis).map((member) => endMember(member, redisTimeoutMs)))
}
