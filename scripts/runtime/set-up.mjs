/** Makes the project ready to run: checks the machine, installs libraries and tools, compiles. */
import { mkdirSync } from 'node:fs'
import { sweepUnfinished } from './finished-folder.mjs'
import { becomeTheOnlyOne } from './only-one.mjs'
import { projectRoot, runtimeFolder } from './paths.mjs'
import { checkPrerequisites, checkSystem, nodeIsNewEnough } from './prerequisites.mjs'
import { provideMediaTools } from './provide-media-tools.mjs'
import { provideRedis } from './provide-redis.mjs'
import { provideYtdlp } from './provide-ytdlp.mjs'
import { say, UserFacingError } from './say.mjs'
import { keepManifest, validManifest } from './stamp.mjs'
import { buildWorkspace, installWorkspace, workspaceIsInstalled } from './workspace.mjs'

/**
 * Resolves to the manifest of tools when everything is ready. May be called any number of times, by several processes
 * at once. `build: false` leaves the compiling to a caller who does it in a way of its own.
 */
export async function setUp({ build = true } = {}) {
  checkSystem()
  const startedAt = Date.now()
  const release = await becomeTheOnlyOne('setup', projectRoot, (holder) =>
    say(`Waiting for another setup of this project to finish${holder ? ` (process ${holder})` : ''} …`),
  )
  try {
    const isFirst = !(nodeIsNewEnough() && validManifest() && workspaceIsInstalled())
    const manifest = isFirst ? await install() : validManifest()
    if (build) await buildWorkspace()
    if (isFirst) say(`Everything is set up (${Math.round((Date.now() - startedAt) / 1000)} s).`)
    return manifest
  } finally {
    release()
  }
}

async function install() {
  const python = await checkPrerequisites()
  mkdirSync(runtimeFolder, { recursive: true })
  sweepUnfinished()
  const [, manifest] = await all([installWorkspace(), validManifest() ?? provideTools(python)])
  return manifest
}

async function provideTools(python) {
  const [ytdlp, mediaTools, redisServer] = await all([
    provideYtdlp(python),
    provideMediaTools(python),
    process.env.REDIS_URL ? undefined : provideRedis(python),
  ])
  const manifest = {
    python: python.path,
    pythonVersion: python.version,
    ...ytdlp,
    ...mediaTools,
    ...(redisServer ? { redisServer } : {}),
  }
  keepManifest(manifest)
  return manifest
}

/** Like `Promise.all`, but lets all come to their end, and tells every failure. */
async function all(tasks) {
  const outcomes = await Promise.allSettled(tasks)
  const causes = outcomes.flatMap(({ status, reason }) => (status === 'rejected' ? [reason] : []))
  const bug = causes.find((cause) => !(cause instanceof UserFacingError))
  if (bug) throw bug
  if (causes.length > 0) throw new UserFacingError(causes.map(({ message }) => message).join('\n'))
  return outcomes.map(({ value }) => value)
}
