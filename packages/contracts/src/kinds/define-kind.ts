/** What a kind of job is. Everything that differs between kinds is said here, and everything else is derived from it. */
import type { TSchema } from 'typebox'
import type { DownloadFile } from '../download-file.ts'
import type { FileEntry } from '../jobs.ts'
import type { OptionTable } from '../options/option.ts'
import type { JobState, Phase } from '../words.ts'

export type FinalState = Extract<JobState, 'completed' | 'failed' | 'cancelled'>

/** Stands for the type of a result, which has no value of its own in the table. */
export interface ResultType<Result> {
  readonly result?: Result
}

/** `resultOf<InfoResult>()`: what a completed job of this kind brings back. */
export const resultOf = <Result>(): ResultType<Result> => ({})

/** A setting of the worker that belongs to a kind. */
export interface KindSetting {
  readonly name: string
  readonly description: string
  readonly default: number
}

/** What a view needs to say a result. Times are epoch milliseconds. */
export interface ShowSurroundings {
  readonly id: string
  readonly endedAt: number
  readonly instant: (epochMs: number) => string
  readonly instantOrNull: (epochMs: number | null) => string | null
  /** The address of a transcript, by the id of its job. */
  readonly transcript: (id: string) => string
  /** Files as answers show them. */
  readonly shown: (files: readonly FileEntry[]) => readonly DownloadFile[]
}

interface KindOfAnyForm<Result> {
  /** Begins the names of its schemas: `SingleInfoRequest`, `InfoAccepted`. */
  readonly name: string
  /** How its ids begin, `download_` for example; 32 hexadecimal digits follow. `uuid`: they are UUIDs, which one kind may have. */
  readonly ids: 'uuid' | `${string}_`
  /** The POST is at `/api/video-scraper/<path>`. */
  readonly path: string
  readonly operation: {
    /** Of the POST. */
    readonly id: string
    readonly summary: string
    /** One sentence: what the POST starts. */
    readonly starts: string
    /** The group of operations in the document that the POST belongs to, and what that group is for. */
    readonly tag: string
    readonly tagDescription: string
  }
  /** Options of two kinds that have one name are one and the same option. */
  readonly options: OptionTable
  /** The `message` of the answer to the POST. */
  readonly acceptedMessage: string
  /** Begins every `error` of a job that failed. */
  readonly failureBeginning: string
  /** The body of its status, by name. */
  readonly status: TSchema
  readonly result: ResultType<Result>
  /** The files that a result names, the first one first. They can be fetched, linked and removed. */
  readonly files: (result: Result) => readonly FileEntry[]
  /** What its ends are called in webhooks, and for whom the three names are. */
  readonly events: Readonly<Record<FinalState, string>>
  readonly eventsNote: string
  /** Counts against the unfinished downloads of its client, where no playlist has made it. */
  readonly holdsSlot: boolean
  /** Where an answer may lie already: under the address for everybody, under owner and options, or nowhere. */
  readonly reuse: 'address' | 'owner' | 'never'
  /** How many run at once (1 to 64), and the wall clock of one attempt in seconds (0: none). */
  readonly settings: { readonly concurrency: KindSetting; readonly timeout: KindSetting }
}

/** Examples for the document: bodies of the POST by name, and what is there in a completed status alone. */
export interface KindExamples {
  readonly requests: Readonly<Record<string, object>>
  readonly completed: object
}

export interface JobFormKind<Result = never> extends KindOfAnyForm<Result> {
  readonly form: 'job'
  /** The shape of a completed status. No other kind's has all of its keys. */
  readonly completed: TSchema
  /** The `message` of a job under way. */
  readonly messages: Readonly<Record<Phase, string>>
  /** The keys of a completed status that are this kind's own. */
  readonly show: (result: Result, surroundings: ShowSurroundings) => object
  /** Null: they stand in `apps/api/src/openapi/examples/kind-examples.ts`. */
  readonly examples: KindExamples | null
}

export interface DownloadFormKind<Result = never> extends KindOfAnyForm<Result> {
  readonly form: 'download'
  readonly examples: null
}

export type Kind<Result = never> = JobFormKind<Result> | DownloadFormKind<Result>

/** Checks a kind, and keeps its words as types. */
export const defineKind =
  <Result>() =>
  <const Defined extends Kind<Result>>(kind: Defined): Defined =>
    kind
