/** How a job reaches its source: when it may, through which exit, and what is learned where that fails. */
import type { JobEnvelope } from '@video-scraper/contracts'
import { JobFailure, WaitUntil } from '@video-scraper/core'
import type { Admission, EgressProxy } from '@video-scraper/egress'
import type { JobLog, RunningJob, SiteTurns } from '@video-scraper/queue'
import type { ExitHealth } from '@video-scraper/store'
import { answered } from '../answered.ts'
import { recalled } from '../extraction-cache.ts'
import { isTestSource } from '../test-sources/test-answers.ts'
import { chooseExit, hasNextExit, inOrderFor } from './choose-exit.ts'
import type { Exit, ExitTable } from './exit-table.ts'
import { siteNamed } from './site-names.ts'

interface SourceAccessDependencies {
  readonly egress: EgressProxy
  /** As the operator's file says now. */
  readonly exits: () => ExitTable
  /** Names the way of jobs without an exit of their own, without a secret. */
  readonly defaultWay: string
  readonly health: ExitHealth
  readonly turns: SiteTurns
  /** At so many bot checks within ten minutes a site rests for so long; 0: never. */
  readonly rest: { readonly after: number; readonly restMs: number }
  readonly log: JobLog
}

interface TrafficLimits {
  /** What the attempt may receive; absent: any amount. */
  readonly maxBytes?: number
}

/** The one way of an attempt: page, media, tokens and cookies go through the same exit. */
export interface SourceWay {
  /** Names it, without a secret. What was found out by another way is not used. */
  readonly name: string
  /**
   * Does the work that asks the source. Rejects with a `WaitUntil` where the site rests or others are first; with the
   * `JobFailure` `exit_unavailable` where no exit can be reached; and with what the work rejects with, which is tried again
   * where another exit may do better.
   */
  run<T>(limits: TrafficLimits, work: (admission: Admission) => Promise<T>): Promise<T>
}

export interface SourceAccess {
  /** Chooses once for the attempt. Never rejects: a Redis that does not answer says nothing against an exit. */
  wayOf(job: Pick<RunningJob, 'id' | 'attempt' | 'envelope'>): Promise<SourceWay>
}

type Job = Parameters<SourceAccess['wayOf']>[0]

/** What an attempt goes through. `exits` null: the default. `exit` null beside exits: none of them can be reached. */
interface Choice {
  readonly site: string
  readonly exits: readonly Exit[] | null
  readonly exit: Exit | null
}

export function createSourceAccess(dependencies: SourceAccessDependencies): SourceAccess {
  const { egress, exits, defaultWay, health, turns, log } = dependencies

  async function choiceOf(job: Job): Promise<Choice> {
    const site = siteAskedBy(job)
    const { sites, countries } = exits()
    const { country } = job.envelope.options
    const rows = country === undefined ? (sites.get(site) ?? null) : (countries.get(country) ?? [])
    if (rows === null) return { site, exits: null, exit: null }
    const ordered = inOrderFor(job, rows)
    const digests = ordered.map(({ digest }) => digest)
    const states = (await recalled(health.read(digests, site), log)) ?? []
    return { site, exits: ordered, exit: chooseExit(job, ordered, states) }
  }

  /** Rejects where the source may not be asked now. */
  async function mayBegin(job: Job, { site, exit, exits: rows }: Choice): Promise<void> {
    if (rows !== null && exit === null) throw new JobFailure('exit_unavailable')
    const turn = await answered(turns.take(site, job.id, exits().rates.get(site) ?? null))
    if (!turn.go) throw new WaitUntil(turn.reason, turn.at)
    if (exit !== null) log.info({ jobId: job.id, attempt: job.attempt, exit: exit.name }, 'the attempt uses this exit')
  }

  async function run<T>(job: Job, choice: Choice, limits: TrafficLimits, work: (admission: Admission) => Promise<T>) {
    await mayBegin(job, choice)
    const upstream = choice.exit === null ? {} : { upstream: choice.exit.proxy }
    const admission = egress.admit(job.id, { owner: job.envelope.limitSubject, ...limits, ...upstream })
    try {
      return await work(admission)
    } catch (error) {
      throw error instanceof JobFailure ? await learnFrom(error, job, choice, admission) : error
    } finally {
      admission.revoke()
    }
  }

  /** What the job is to end with instead, or the same. */
  async function learnFrom(failure: JobFailure, job: Job, choice: Choice, admission: Admission): Promise<JobFailure> {
    const { exit, site, exits: rows } = choice
    if (failure.code === 'network_error' && exit !== null && admission.upstreamFailed()) {
      await recalled(health.unreachable(exit.digest), log)
      return new JobFailure('exit_unavailable', { cause: failure })
    }
    if (failure.code !== 'bot_check' && failure.code !== 'geo_restricted') return failure
    if (failure.code === 'bot_check' && exit !== null) await recalled(health.botChecked(exit.digest, site), log)
    if (rows !== null && hasNextExit(job, rows))
      return new JobFailure(failure.code, { cause: failure, retryable: true })
    if (failure.code === 'bot_check' && isAskedAsByAll(job)) await countBotCheck(site, job.id)
    return failure
  }

  async function countBotCheck(site: string, id: string): Promise<void> {
    const until = await recalled(turns.botCheck(site, id, dependencies.rest), log)
    if (until !== null) log.warn({ site, until: new Date(until).toISOString() }, 'the site rests after many bot checks')
  }

  return {
    async wayOf(job) {
      if (isTestSource(job.envelope.url)) return testWay(egress, job, defaultWay)
      const choice = await choiceOf(job)
      return {
        name: choice.exits === null ? defaultWay : (choice.exit?.digest ?? 'none'),
        run: (limits, work) => run(job, choice, limits, work),
      }
    },
  }
}

/** The site that a job is counted for. What the address redirects to, or embeds, is not known before it is asked. */
function siteAskedBy({ envelope: { url } }: Job): string {
  const { hostname } = new URL(url)
  return siteNamed(hostname) ?? hostname
}

/** A bot check of one country's exit, or of one client's session, says nothing of the way that all others go. */
const isAskedAsByAll = ({ envelope: { options } }: { readonly envelope: Pick<JobEnvelope, 'options'> }): boolean =>
  options.country === undefined && options.cookies === undefined

/** Nobody is asked: the worker answers, with bot checks among others. */
const testWay = (egress: EgressProxy, { id, envelope }: Job, name: string): SourceWay => ({
  name,
  async run(limits, work) {
    const admission = egress.admit(id, { owner: envelope.limitSubject, ...limits })
    try {
      return await work(admission)
    } finally {
      admission.revoke()
    }
  },
})
