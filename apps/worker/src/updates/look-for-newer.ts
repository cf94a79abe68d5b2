/** One look at the index: a newer version is installed and its trial begins; what is decided but missing here is installed, too. */
import { beginTrial, isRefused, looked } from './decisions.ts'
import type { Channel, InstalledVersions } from './installed-versions.ts'
import type { UpdateState, UpdateStates } from './update-state.ts'
import { compareVersions, wantedBeside } from './ytdlp-version.ts'

/** A trial that has come to no verdict by then makes space for a newer version. */
const TRIAL_STANDS_MS = 3 * 24 * 3_600_000

interface LookOptions {
  readonly channel: Channel
  readonly states: UpdateStates
  readonly installed: InstalledVersions
  /** In the spelling of `normalVersion`. */
  readonly pinnedVersion: string
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly log: { info(fields: object, message: string): void }
}

/** Rejects where the index cannot be asked, or what it has cannot be installed. */
export async function lookForNewer(
  { channel, states, installed, pinnedVersion, now, log }: LookOptions,
  signal: AbortSignal,
): Promise<void> {
  const newest = await installed.newest(channel, signal)
  const isNext = (state: UpdateState): boolean => isWanted(newest, state, { pinnedVersion, nowMs: now() })
  const provide = async (version: string): Promise<void> => {
    if ((await installed.homeOf(version)) !== null) return
    log.info({ ytdlpVersion: version }, 'a newer yt-dlp is being installed')
    await installed.install(version, signal)
  }
  if (isNext(await states.read())) {
    await provide(newest)
    // Others may have decided while it was installed.
    const { serving, before, trial } = await states.change((latest) =>
      isNext(latest) ? beginTrial(newest, now())(latest) : null,
    )
    const kept = [serving, before, trial?.version ?? null, newest]
    await installed.keepOnly(kept.filter((version) => version !== null))
  }
  // What others decided need not lie here: a folder belongs to one interpreter.
  const { serving, trial } = await states.read()
  for (const decided of [serving, trial?.version]) {
    const version = wantedBeside(decided, pinnedVersion)
    if (version !== null) await provide(version)
  }
  await states.change(looked(now(), null))
}

/** Whether a trial of `newest` is to begin. */
export function isWanted(
  newest: string,
  state: UpdateState,
  { pinnedVersion, nowMs }: { pinnedVersion: string; nowMs: number },
): boolean {
  const { serving, trial } = state
  const isNewerThan = (version: string): boolean => compareVersions(newest, version) > 0
  if (!isNewerThan(pinnedVersion) || !isNewerThan(serving ?? pinnedVersion) || isRefused(state, newest)) return false
  if (trial === null || wantedBeside(trial.version, pinnedVersion) === null) return true
  return nowMs - trial.since >= TRIAL_STANDS_MS && isNewerThan(trial.version)
}
