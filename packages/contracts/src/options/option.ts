/** What an option of a job is: what a client may send for it, and what changes with it. */
import { type Static, type TOptional, type TSchema, Type } from 'typebox'

/**
 * `extraction`: what is asked of the source. `selection`: which formats are taken. `file`: what is made of them.
 * `nothing`: neither, so that a file that was made without it answers it as well.
 */
export type Affects = 'extraction' | 'selection' | 'file' | 'nothing'

export interface Option<Schema extends TSchema = TSchema> {
  /** As it stands in a request, with its description and an example. */
  readonly schema: Schema
  /** As it stands in payloads and in statuses, where that is something else, such as a secret without its secret part. */
  readonly kept?: TSchema
  readonly affects: Affects
  /** The first version of the payload that may hold it (`PAYLOAD_VERSION`). An older worker delays a job that has it. */
  readonly since: number
  /** The same for one value, where parts of it came later than the option. Never below `since`. */
  sinceOf?(value: Static<Schema>): number
  /** What is meant where it is absent; null for what cannot be said. Asking for exactly that is the same as not asking. */
  readonly absent: Static<Schema> | null
  /** What is wrong with a value that its schema allows, behind the name of the option; null: nothing. */
  problem?(value: Static<Schema>): string | null
  /** Options that make no sense beside it. */
  readonly excludes?: readonly string[]
  /** Values of other options that make no sense beside it. */
  readonly excludesValues?: Readonly<Record<string, readonly unknown[]>>
  /** Of one of its values: values of other options that can never be had together with it. */
  readonly valueExcludes?: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>>
  /** It makes sense only beside one of these. */
  readonly needs?: readonly string[]
  /** Whether a value makes files beside the media. Absent: none does. */
  makesFiles?(value: Static<Schema>): boolean
  /** It is for one file alone: for one address, and for none of the options that make further files. */
  readonly forOneFile?: boolean
}

/** Options of one kind of job by the names that they have in requests. */
export type OptionTable = Readonly<Record<string, Option>>

/** An option that is kept in another form than that of the request. */
export interface ReducedOption<Schema extends TSchema, Kept extends TSchema> extends Option<Schema> {
  readonly kept: Kept
}

/** What was asked for, without what is meant anyway, as it is kept. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Name in keyof Table]?: NonNullable<Static<KeptSchema<Table[Name]>>>
}

type KeptSchema<Each extends Option> = Each extends ReducedOption<TSchema, infer Kept> ? Kept : Each['schema']

type OptionalSchemas<Table extends OptionTable> = { [Name in keyof Table]: TOptional<Table[Name]['schema']> }
type OptionalKeptSchemas<Table extends OptionTable> = { [Name in keyof Table]: TOptional<KeptSchema<Table[Name]>> }

export const defineOption = <Schema extends TSchema>(option: Option<Schema>): Option<Schema> => option

export const defineReducedOption = <Schema extends TSchema, Kept extends TSchema>(
  option: ReducedOption<Schema, Kept>,
): ReducedOption<Schema, Kept> => option

/** The fields of a request that has these options. */
export function optionFields<Table extends OptionTable>(table: Table): OptionalSchemas<Table> {
  const fields = Object.entries(table).map(([name, { schema }]) => [name, Type.Optional(schema)])
  return Object.fromEntries(fields) as OptionalSchemas<Table>
}

/** The fields of a payload, or of a status, that has these options. */
export function keptFields<Table extends OptionTable>(table: Table): OptionalKeptSchemas<Table> {
  const fields = Object.entries(table).map(([name, { schema, kept }]) => [name, Type.Optional(kept ?? schema)])
  return Object.fromEntries(fields) as OptionalKeptSchemas<Table>
}
