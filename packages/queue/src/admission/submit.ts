/** Makes a job of a request: admission first, then the job itself. `docs/states.md` says what a kill between the two leads to. */
import { forEachKind, type JobEnvelope, payloadVersionOf } from '@video-scraper/contracts'
import { newJobId } from '../job-id.ts'
import type { JobSnapshot } from '../reading/snapshot.ts'
import type { AddJob } from './add-job.ts'
import type { Admission, AdmissionRequest, Admit, OwnAdmissionLimits, Refusal } from './admission.ts'
import { PLACE_GRACE_MS } from './slots.ts'

export type JobRequest = Omit<JobEnvelope, 'version' | 'expiresAt'>

export type Submission =
  /** `expiresAt`: when the time of the job (`expires_in`) is over, in epoch milliseconds; null for never. */
  | { accepted: true; id: string; expiresAt: number | null }
  /** `waitMs`: an estimate of how long it takes until there is space. */
  | { accepted: false; refusal: Refusal; waitMs: number }

export interface SubmitOptions extends Partial<OwnAdmissionLimits> {
  id?: string | undefined
}

/** Where `admit` took longer than this, since the process was stopped, it is asked again: the slot may have been dropped meanwhile. */
const ADMISSION_HOLDS_MS = PLACE_GRACE_MS / 2

interface SubmitDependencies {
  admit: Admit
  addJob: AddJob
  find: (id: string) => Promise<Pick<JobSnapshot, 'envelope'> | null>
  /** Tests take less. */
  admissionHoldsMs?: number
}

export function createSubmit({ admit, addJob, find, admissionHoldsMs = ADMISSION_HOLDS_MS }: SubmitDependencies) {
  /** Submissions of this process that have not ended yet: they count for the queue's limit before they are in Redis. */
  const onTheirWay = forEachKind(() => 0)

  async function freshAdmission(request: AdmissionRequest): Promise<Admission> {
    const asked = performance.now()
    const admission = await admit(request)
    return performance.now() - asked < admissionHoldsMs ? admission : freshAdmission(request)
  }

  /** Its time began when it was made. */
  async function expiryOfMade(id: string, { options }: JobEnvelope): Promise<number | null> {
    return options.expires_in === undefined ? null : ((await find(id))?.envelope.expiresAt ?? null)
  }

  return async (
    request: JobRequest,
    { id = newJobId(request.kind), downloads = null }: SubmitOptions = {},
  ): Promise<Submission> => {
    const { kind } = request
    const envelope: JobEnvelope = { version: payloadVersionOf(request.kind, request.options), ...request }
    const before = onTheirWay[kind]
    onTheirWay[kind] += 1
    try {
      const admission = await freshAdmission({ id, envelope, own: { downloads }, onTheirWay: before })
      if (admission.answer === 'made') return { accepted: true, id, expiresAt: await expiryOfMade(id, envelope) }
      if (admission.answer !== 'admitted')
        return { accepted: false, refusal: admission.answer, waitMs: admission.waitMs }
      await addJob(id, withExpiry(envelope, admission), admission.place)
      return { accepted: true, id, expiresAt: admission.expiresAt }
    } finally {
      onTheirWay[kind] -= 1
    }
  }
}

const withExpiry = (envelope: JobEnvelope, { expiresAt }: { expiresAt: number | null }): JobEnvelope =>
  expiresAt === null ? envelope : { ...envelope, expiresAt }
