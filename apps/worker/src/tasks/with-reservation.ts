/** Does the work of a download within the space that the disk and its owner have for it. */
import type { FailureCode } from '@video-scraper/contracts'
import { failureOf, JobFailure, Stop, WaitUntil } from '@video-scraper/core'
import type { DiskReservation, ReservationSubject } from '../disk-reservation.ts'
import type { StorageBudget } from '../storage-budget.ts'
import type { WorkFolders } from '../work-folders.ts'

interface ReservationDependencies {
  budget: StorageBudget
  folders: WorkFolders
}

/**
 * After these, what has been fetched is of no use to a later attempt: there is no space for it, or it is not what it should
 * be. An attempt that found it would take it for done, and ask the source for nothing.
 */
const USELESS: ReadonlySet<FailureCode> = new Set([
  'disk_full',
  'quota_exceeded',
  'invalid_media',
  'postprocessing_failed',
  // The job may wait for days, and what a source shows before the start is not the stream.
  'live_not_started',
])

/**
 * `work` hears of its end through the signal it is given. Where there was no space, or what was
 * fetched is no good, it goes at once: others need its place, and an attempt that comes later begins anew.
 */
export async function withReservation<Result>(
  { budget, folders }: ReservationDependencies,
  subject: ReservationSubject,
  signal: AbortSignal,
  work: (reservation: DiskReservation, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  let reservation: DiskReservation | null = null
  try {
    reservation = await budget.admit(subject)
    return await work(reservation, AbortSignal.any([signal, reservation.signal]))
  } catch (error) {
    const isStopOfTheReservation = reservation?.signal.aborted === true
    if (signal.aborted || error instanceof WaitUntil || (error instanceof Stop && !isStopOfTheReservation)) throw error
    const failure =
      reservation !== null && isStopOfTheReservation
        ? failureOf(reservation.signal.reason)
        : await namedRightly(budget, failureOf(error))
    if (USELESS.has(failure.code)) await folders.remove(subject.jobId)
    throw failure
  } finally {
    await reservation?.release()
  }
}

/** ffmpeg's last words on a full disk are that its conversion failed, and ffprobe finds the file broken that it left. */
async function namedRightly(budget: StorageBudget, failure: JobFailure): Promise<JobFailure> {
  const vague = ['postprocessing_failed', 'invalid_media', 'internal_error'].includes(failure.code)
  return vague && (await budget.isDiskFull()) ? new JobFailure('disk_full', { cause: failure }) : failure
}
