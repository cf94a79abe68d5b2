/** The race between cancelling and committing, and what must hold of each job that took part. */
import { setTimeout as delay } from 'node:timers/promises'
import { expect } from '@jest/globals'
import type { JobKind } from '@video-scraper/contracts'
import type { JobQueue, VerdictAnswer } from '@video-scraper/queue'
import { eventually } from '@video-scraper/testkit'
import { found, submitted } from './queue-rig.ts'

interface Contestant {
  id: string
  answer: VerdictAnswer
}

const finalStates: Readonly<Record<VerdictAnswer, readonly string[]>> = {
  cancelled: ['cancelled'],
  expired: ['failed'],
  committed: ['completed'],
  finished: ['completed', 'failed'],
  missing: [],
}

/**
 * Submits `rounds` jobs, a few at a time, and cancels each soon after, through any gateway. With `setTime` they are jobs that expire, and it
 * sets when.
 */
export async function race(
  gateways: JobQueue[],
  kind: JobKind,
  rounds: number,
  setTime?: (id: string) => Promise<void>,
): Promise<Contestant[]> {
  const contestants: Contestant[] = []
  const any = () => gateways[Math.floor(Math.random() * gateways.length)] as JobQueue
  const lane = async () => {
    while (contestants.length < rounds) {
      const id = await submitted(any(), kind, setTime ? { options: { expires_in: 3600 } } : {})
      await setTime?.(id)
      const job = await found(any(), id)
      const contestant: Contestant = { id, answer: 'missing' }
      contestants.push(contestant)
      // From at once to a quarter of a second: a busy machine takes many times what a quiet one does for a job.
      await delay(Math.random() * 2 ** (Math.random() * 8))
      contestant.answer = await any().cancel(job)
      // From the answer on, nobody may read anything else.
      if (contestant.answer === 'cancelled') expect((await found(any(), id)).state).toBe('cancelled')
    }
  }
  await Promise.all(Array.from({ length: 5 }, lane))
  return contestants
}

/** Waits until every job is drained, then holds each to its answer. Returns how often each answer was given. */
export async function verdictsOf(gateway: JobQueue, contestants: Contestant[], drained: () => Promise<boolean>) {
  await eventually(drained, { timeoutMs: 60_000, everyMs: 50 })
  const answers: Record<VerdictAnswer, number> = { cancelled: 0, expired: 0, committed: 0, finished: 0, missing: 0 }
  for (const { id, answer } of contestants) {
    answers[answer] += 1
    const job = await found(gateway, id)
    if (!finalStates[answer].includes(job.state)) throw new Error(`${id} was ${answer}, and is ${job.state}.`)
    if (job.state !== 'completed') expect(job.result).toBeNull()
  }
  return answers
}
