/** Says in the log what keeps a job from the rest of the machine, and what does not. */
import type { Logger } from '@video-scraper/boot'
import type { SandboxInForce } from '@video-scraper/ytdlp'

/** Versions of Landlock's interface, and what an older one leaves open. Source: the kernel's landlock.rst. */
const LIMITS_TCP = 4
const LIMITS_SIGNALS = 6

/** Everything that stays open, one sentence each; empty where nothing does. */
export function gapsIn({ landlock, systemCalls, capabilities }: SandboxInForce): string[] {
  return [
    ...(landlock === 0 ? ['There is no Landlock: a job can read and write all that the worker can.'] : []),
    ...(landlock < LIMITS_TCP
      ? ['A job that was taken over can connect past the checking proxy (Linux 6.7 forbids it).']
      : []),
    ...(landlock < LIMITS_SIGNALS
      ? ['A job that was taken over can signal the worker and other jobs (Linux 6.12 forbids it).']
      : []),
    ...(systemCalls ? [] : ['There is no filter of system calls: a job can use the whole kernel.']),
    ...(capabilities ? [] : ['A job keeps the privileges of the worker’s user.']),
  ]
}

/** One line, and a warning for each gap. */
export function logSandbox(sandbox: SandboxInForce, logger: Logger): void {
  const gaps = gapsIn(sandbox)
  const words = gaps.length === 0 ? 'the sandbox of jobs is active' : 'the sandbox of jobs is active in part'
  const whose = sandbox.ownUser ? 'each job has a user of its own' : 'jobs share the user of the worker'
  logger.info({ ...sandbox, uid: process.getuid?.() }, `${words}; ${whose}`)
  for (const gap of gaps) logger.warn(gap)
}
