/** What the status operations of each form answer. */
import type { TSchema } from 'typebox'
import { jobFormShapes } from '../job-form-status.ts'
import { oneOf } from '../named.ts'
import type { StatusForm } from './status-form.ts'
import { jobKinds, kinds } from './table.ts'

const rows = jobKinds.map((kind) => kinds[kind])
const ofJobForm = rows.flatMap((row) => (row.form === 'job' ? [row] : []))
const [onlyOne, ...others] = ofJobForm.map(({ status }): TSchema => status)

/** Kinds of the form `job` differ in what a completed one says; each answer fits one shape. */
const { processing, failed, cancelled } = jobFormShapes
const job: TSchema =
  onlyOne !== undefined && others.length === 0
    ? onlyOne
    : oneOf('Job', [processing, ...ofJobForm.map(({ completed }) => completed), failed, cancelled], {
        description: 'A job of any kind but a download. Which keys are there depends on its kind and on `status`.',
      })

export const statusReplies = { job, download: kinds.download.status } as const satisfies Record<StatusForm, TSchema>
