/** The whole product on one machine: Redis if none is configured, the gateway, a worker. */
import { existsSync, mkdirSync, realpathSync } from 'node:fs'
import { askTheHolder, tryToBeTheOnlyOne } from '../runtime/only-one.mjs'
import { projectRoot } from '../runtime/paths.mjs'
import { Obstacle } from '../runtime/say.mjs'
import { endMember, startMember } from './crew.mjs'
import { chooseDoor, forgetAddress, keepAddress, startEmbeddedRedis } from './embedded-redis.mjs'
import { mustBeFree } from './port.mjs'
import { awaitReady } from './ready.mjs'
import { supervise } from './supervise.mjs'
import { endSurvivors, forgetMembers, rememberMembers } from './survivors.mjs'

/** A worker hands its jobs back before it ends; what takes longer is killed, and loses nothing but time. */
const programPatienceMs = 20_000
const redisPatienceMs = 10_000

/** Without Redis there is nobody to hand a job back to. */
const patienceWithoutRedisMs = 3000

const programs = { 'The gateway': 'apps/api/dist/main.js', 'The worker': 'apps/worker/dist/main.js' }

/**
 * Starts the stack, calls `whenReady`, and resolves once everything has ended again, which happens when `stop` aborts.
 * Throws an `Obstacle` when something stands in the way or ends by itself; everything else is ended before that, too.
 * When `hurry` aborts, programs that still take their time are killed.
 */
export async function runStack({ manifest, settings, variables, stop, hurry, whenReady }) {
  const release = await takeDataFolder(settings.dataDir)
  const over = new AbortController()
  const crew = { members: [], over: over.signal }
  try {
    await endSurvivors(settings.dataDir)
    await mustBeFree(settings.host, settings.port)
    await Promise.race([whenAborted(stop), live({ manifest, settings, variables, crew, whenReady })])
  } finally {
    over.abort()
    await endAll(crew.members, hurry)
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
async function live({ manifest, settings, variables, crew, whenReady }) {
  const starts = await startAll({ manifest, settings, variables, crew })
  await Promise.race([awaitReady(settings, crew.over), firstDeath(crew.members)])
  if (!crew.over.aborted) await whenReady()
  await Promise.race(starts.map(({ member, start }) => supervise(member, start, crew.over)))
}

async function takeDataFolder(dataDir) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const place = realpathSync(dataDir)
  const release = await tryToBeTheOnlyOne('start', place)
  if (release) return release
  const holder = await askTheHolder('start', place)
  throw new Obstacle(
    `It is already running on ${dataDir}${holder ? ` (process ${holder})` : ''}. ` +
      'Stop that one first, or start another with its own folder and port: DATA_DIR=./data2 PORT=5502 npm start',
  )
}

async function startAll({ manifest, settings, variables, crew }) {
  const starts = []
  const join = (member) => {
    crew.members = [...crew.members.filter(({ hasEnded }) => !hasEnded), member]
    rememberMembers(settings.dataDir, crew.members)
    return member
  }
  /** `begin` starts one; it is called again for each that has ended. */
  const add = (begin) => {
    const start = () => join(begin())
    starts.push({ member: start(), start })
  }
  const env = { ...variables, ...placesOf(manifest, settings) }
  if (!settings.redisUrl) {
    const door = await chooseDoor(settings.dataDir)
    const options = { redisServer: manifest.redisServer, door, env: variables }
    const redis = startEmbeddedRedis(options)
    // What it said before it ended stays in its log.
    const start = () => join(startEmbeddedRedis({ ...options, isRestart: true }).member)
    starts.push({ member: join(redis.member), start })
    await redis.awaitReady(crew.over)
    keepAddress(settings.dataDir, door)
    env.REDIS_URL = redis.url
  }
  for (const [name, file] of Object.entries(programs)) {
    if (!existsSync(`${projectRoot}/${file}`)) throw new Obstacle(`${name} is not built: ${file} is missing.`)
    if (!crew.over.aborted) add(() => startMember({ name, command: process.execPath, argv: [file], env }))
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
  throw new Obstacle(`${sentence} ${lastWords} Everything else was stopped.`)
}

/** The programs first and together, Redis last: until then they may have something to say to it. */
async function endAll(members, hurry) {
  const isRedis = ({ name }) => name === 'Redis'
  const patienceMs = members.some((member) => isRedis(member) && member.hasEnded)
    ? patienceWithoutRedisMs
    : programPatienceMs
  const others = members.filter((member) => !isRedis(member))
  await Promise.all(others.map((member) => endMember(member, patienceMs, hurry)))
  await Promise.all(members.filter(isRedis).map((member) => endMember(member, redisPatienceMs)))
}
