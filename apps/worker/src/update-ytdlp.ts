/**
 * A program: `npm run ytdlp -- update [--now] | rollback | status`, or `node apps/worker/dist/update-ytdlp.js …` in a container.
 * Workers that share the folder do within seconds what is decided here. Exit code 1: it could not be done, and nothing has changed.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readEnvironment } from '@video-scraper/boot'
import type { Engine } from '@video-scraper/ytdlp'
import { type Static, Type } from 'typebox'
import { WorkerSettings } from './config.ts'
import { checkEngine } from './self-check/check-engine.ts'
import { engineForChecks } from './self-check/engine-for-checks.ts'
import { beginTrial, refuse, rollBack, serve } from './updates/decisions.ts'
import { channelOf, openVersions } from './updates/open-updates.ts'
import { compareVersions, normalVersion, wantedBeside } from './updates/ytdlp-version.ts'

const { PYTHON, YTDLP_HOME, YTDLP_CHANNEL, YTDLP_INDEX_URL, YTDLP_UPDATES_DIR, FFMPEG, FFPROBE, SANDBOX, DATA_DIR } =
  WorkerSettings.properties
const { EGRESS_UPSTREAM_PROXY, EGRESS_CA_FILE, POT_PROVIDER_URL } = WorkerSettings.properties
const Settings = Type.Object({
  PYTHON,
  YTDLP_HOME,
  YTDLP_CHANNEL,
  YTDLP_INDEX_URL,
  YTDLP_UPDATES_DIR,
  FFMPEG,
  FFPROBE,
  SANDBOX,
  DATA_DIR,
  EGRESS_UPSTREAM_PROXY,
  EGRESS_CA_FILE,
  // A worker that has a provider refuses a version that cannot ask it.
  POT_PROVIDER_URL,
})
type Settings = Static<typeof Settings>
type Versions = Awaited<ReturnType<typeof openVersions>>

const say = (text: string): void => void process.stdout.write(`${text}\n`)

async function withEngine<Reported>(
  settings: Settings,
  home: string,
  work: (engine: Engine) => Promise<Reported>,
): Promise<Reported> {
  const root = await mkdtemp(join(tmpdir(), 'video-scraper-check-'))
  try {
    return await work(await engineForChecks(settings, home, root))
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

/** The parts of the version that do not do what jobs need. */
const problemsOf = (settings: Settings, home: string) =>
  withEngine(settings, home, async (engine) => {
    const { parts } = await checkEngine(engine, settings.FFMPEG)
    return parts.filter(({ problem }) => problem !== null)
  })

/** Of this release, in the spelling of `normalVersion`. */
const pinnedVersionOf = async (settings: Settings): Promise<string> => {
  const { version } = await withEngine(settings, settings.YTDLP_HOME, (engine) => engine.describe())
  return normalVersion(version) ?? '0.0.0'
}

async function update(settings: Settings, { states, installed }: Versions, atOnce: boolean): Promise<void> {
  const channel = channelOf(settings)
  if (channel === null)
    throw new Error(
      'YTDLP_CHANNEL is pinned, so workers use the version of this release alone. Set it to stable or nightly.',
    )
  const signal = new AbortController().signal
  const newest = await installed.newest(channel, signal)
  const pinned = await pinnedVersionOf(settings)
  const inUse = wantedBeside((await states.read()).serving, pinned) ?? pinned
  if (compareVersions(newest, inUse) <= 0)
    return say(`${inUse} is in use, and the channel ${channel} has none that is newer than it (${newest}).`)
  const home = (await installed.homeOf(newest)) ?? (await installed.install(newest, signal))
  const problems = await problemsOf(settings, home)
  if (problems.length > 0) {
    await states.change(refuse(newest, 'self_check_failed', Date.now()))
    const words = problems.map(({ name, problem }) => `${name}: ${problem}`).join('; ')
    throw new Error(`${newest} does not do what jobs need, so it is not used. ${words}`)
  }
  await states.change(atOnce ? serve(newest) : beginTrial(newest, Date.now()))
  say(
    atOnce ? `${newest} is used by all workers within seconds.` : `${newest} gets a share of the jobs within seconds.`,
  )
}

async function rollback(_settings: Settings, { states }: Versions): Promise<void> {
  const before = await states.read()
  const version = before.trial?.version ?? before.serving
  if (version === null) throw new Error('The version of this release is in use, so there is nothing to go back from.')
  const { serving } = await states.change(rollBack(Date.now()))
  say(
    `${version} is not used any more, and will not be tried again. ${serving ?? 'The version of this release'} serves.`,
  )
}

/** What workers of this release and of this Python do. */
async function servingNow(settings: Settings, { states, installed }: Versions): Promise<string> {
  const { serving } = await states.read()
  if (settings.YTDLP_CHANNEL === 'pinned' || serving === null) return 'the version of this release'
  if (wantedBeside(serving, await pinnedVersionOf(settings)) === null)
    return `the version of this release, which is not older than ${serving}`
  const isHere = (await installed.homeOf(serving)) !== null
  return isHere ? serving : `the version of this release, until ${serving} is installed for this Python`
}

async function status(settings: Settings, versions: Versions): Promise<void> {
  const { states, folder } = versions
  const { before, trial, refused, looked } = await states.read()
  const at = (ms: number): string => new Date(ms).toISOString()
  say(`channel   ${settings.YTDLP_CHANNEL}`)
  say(`serving   ${await servingNow(settings, versions)}`)
  say(`before    ${before ?? 'the version of this release'}`)
  say(`trial     ${trial === null ? 'none' : `${trial.version} since ${at(trial.since)}`}`)
  for (const each of refused) say(`refused   ${each.version} ${each.reason} ${at(each.at)}`)
  say(`looked    ${looked === null ? 'not yet' : `${at(looked.at)} ${looked.problem ?? 'well'}`}`)
  say(`folder    ${folder}`)
}

const commands: Readonly<Record<string, (settings: Settings, versions: Versions) => Promise<void>>> = {
  update: (settings, versions) => update(settings, versions, false),
  'update --now': (settings, versions) => update(settings, versions, true),
  rollback,
  status,
}

async function main(): Promise<void> {
  const command = commands[process.argv.slice(2).join(' ')]
  if (command === undefined) throw new Error('Say what to do: update, update --now, rollback, or status.')
  const settings = readEnvironment(Settings, process.env)
  await command(settings, await openVersions(settings))
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  },
)
