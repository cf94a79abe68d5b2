/**
 * The one table of the kinds of jobs: one file and one row each. Ids, queues, routes, access, views, events, settings, the document
 * and the worker's table of tasks are made from it.
 */
import { Type } from 'typebox'
import { keptFields, type OptionTable, type OptionValues } from '../options/option.ts'
import type { ResultType } from './define-kind.ts'
import { download } from './download.ts'
import { info } from './info.ts'
import { JOB_KIND_ID } from './kind-word.ts'
import { playlist } from './playlist.ts'
import type { StatusForm } from './status-form.ts'
import { transcript } from './transcript.ts'

export const kinds = { info, download, transcript, playlist } as const

type Kinds = typeof kinds

/** What can be asked for. Each kind has a queue of its own. */
export type JobKind = keyof Kinds

export const jobKinds = Object.keys(kinds) as JobKind[]

export const JobKind = Type.Unsafe<JobKind>(Type.Enum(jobKinds, { $id: JOB_KIND_ID, type: 'string' }))

/** A row for each kind, made by one function. */
export const forEachKind = <Row>(make: (kind: JobKind) => Row): Record<JobKind, Row> =>
  Object.fromEntries(jobKinds.map((kind) => [kind, make(kind)])) as Record<JobKind, Row>

/** The kinds whose status has this form, in the order of the table. */
export const kindsOfForm = (form: StatusForm): JobKind[] => jobKinds.filter((kind) => kinds[kind].form === form)

/** What a finished job of each kind brings back. */
export type JobResults = {
  [Kind in JobKind]: Kinds[Kind]['result'] extends ResultType<infer Result> ? Result : never
}

export const optionsOfKind: Readonly<Record<JobKind, OptionTable>> = forEachKind((kind) => kinds[kind].options)

type AllOf<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer All) => void
  ? All
  : never

/** What a payload may hold: the options of every kind. */
export type JobOptions = AllOf<{ [Kind in JobKind]: OptionValues<Kinds[Kind]['options']> }[JobKind]>

export const JobOptions = Type.Unsafe<JobOptions>(
  Type.Object(keptFields(Object.assign({}, ...Object.values(optionsOfKind)) as OptionTable), {
    additionalProperties: false,
  }),
)
