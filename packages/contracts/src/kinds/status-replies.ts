/** What the status operations of each form answer. */
import type { TSchema } from 'typebox'
import { jobFormShapes } from '../job-form-status.ts'
import { oneOf } from '../named.ts'
import type { StatusForm } from './status-form.ts'
import { jobKinds, kinds } from './table.ts'

const rows = jobKinds.map((kind) => kinds[kind])
const ofJobForm = rows.flatMap((row) => (row.form === 'job' ? [row] : []))

/**
 * Kinds of the form `job` differ in what a completed one says: no other kind's has all of its keys, so each answer fits one shape.
 * A second union for the completed ones, distinguished by `kind`, says more, and two generators of nine cannot read a union in a union.
 */
const { processing, failed, cancelled } = jobFormShapes
const job: TSchema = oneOf('Job', [processing, ...ofJobForm.map(({ completed }) => completed), failed, cancelled], {
  description:
    'A job of any kind but a download. Which keys are there depends on `status`; those of a completed one depend on `kind` as well.',
})

export const statusReplies = { job, download: kinds.download.status } as const satisfies Record<StatusForm, TSchema>
