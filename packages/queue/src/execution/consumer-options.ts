/** What a consumer is given, and what it calls. */
import type { JobEnvelope } from '@video-scraper/contracts'
import type { StartWaitLimits } from '@video-scraper/core'
import type { JobLog } from '../job-log.ts'
import type { JobEnd } from './job-end.ts'
import type { Resources } from './resource-pause.ts'

export interface ConsumerOptions {
  /** How many jobs run at once. */
  concurrency: number
  /** Wall clock of one attempt, in milliseconds; 0 for none. */
  timeoutMs: number
  log: JobLog
  /** Called before the end of a job is written, well or badly. What it could not do is found by `addMissed`. */
  recordEnd?(id: string, envelope: JobEnvelope): Promise<unknown>
  /** Called after the end of a job. What it could not do must be found by whoever waits for it. */
  afterEnd?(envelope: JobEnvelope): Promise<unknown>
  /** Hears of each job that ended here. Never throws. */
  onEnd?(end: JobEnd): void
  /** Ended jobs per queue and client whose records are kept, at most a tenth of all; 0, or nothing, for no such limit. */
  keptJobsPerClient?: number
  /** How long the records of ended jobs are kept, in milliseconds; 0, or nothing, for ever. */
  recordLifetimeMs?: number
  /** How long a job may wait for the start of its stream (`wait_for_start`). Missing: no job waits. */
  startWaits?: StartWaitLimits
  /** Asked before each job. One that comes while there is not enough goes back uncounted, and no other is taken until then. */
  resources?: Resources
  /** How long the lock of a job outlives its worker, in milliseconds. Default 20 s; tests take less. */
  lockMs?: number
  /** How often jobs of dead workers are looked for, in milliseconds. Default 10 s; tests take less. */
  stalledEveryMs?: number
}
