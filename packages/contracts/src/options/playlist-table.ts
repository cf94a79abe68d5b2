/** The options of a playlist, and those that its entries may have: one row for each kind of job that can be made of an entry. */
import { Type } from 'typebox'
import { cookies } from './cookies.ts'
import { country } from './country.ts'
import { expiresIn } from './expires-in.ts'
import { items } from './items.ts'
import { maxAge } from './max-age.ts'
import { maxItems } from './max-items.ts'
import { defineOption, type OptionTable, optionFields } from './option.ts'
import { retentionSeconds } from './retention-seconds.ts'
import { downloadOptions, infoOptions, transcriptOptions } from './table.ts'

/** What can be made of each entry, and its options. */
export const entryOptionTables = {
  download: downloadOptions,
  info: infoOptions,
  transcript: transcriptOptions,
} as const satisfies Record<string, OptionTable>

export type EntryKind = keyof typeof entryOptionTables

const ENTRY_KIND_DEFAULT: EntryKind = 'download'

/** They stand beside `options` and hold for the list and for each of its entries. */
const ofListAndEntries = { cookies, country, max_age: maxAge, retention_seconds: retentionSeconds } as const
type SharedOption = keyof typeof ofListAndEntries

/** One address takes the file of one job, so it is for no job of many. */
type ForOneJob = 'destination'

const withoutShared = <Table extends OptionTable>(table: Table) =>
  Object.fromEntries(
    Object.entries(table).filter(([name, { forOneFile }]) => !(name in ofListAndEntries) && !forOneFile),
  ) as Omit<Table, SharedOption | ForOneJob>

export const EntryOptions = Type.Object(
  {
    ...optionFields(withoutShared(infoOptions)),
    ...optionFields(withoutShared(transcriptOptions)),
    ...optionFields(withoutShared(downloadOptions)),
  },
  {
    $id: 'EntryOptions',
    additionalProperties: false,
    description:
      'Options of the job that is made of each entry, the same for all: those of its kind, as in a request for it alone. `cookies`, `country`, `max_age` and `retention_seconds` stand beside them. `expires_in` here is for each entry, from the making of its job on; beside them it is for the whole list.',
    examples: [{ quality: '720p' }],
  },
)

const of = defineOption({
  schema: Type.Enum(Object.keys(entryOptionTables) as EntryKind[], {
    $id: 'EntryKind',
    type: 'string',
    description: `Which kind of job is made of each entry. Absent: \`${ENTRY_KIND_DEFAULT}\`.`,
    examples: ['info'],
  }),
  affects: 'file',
  since: 6,
  absent: ENTRY_KIND_DEFAULT,
})

const sinceOfEntryOption = (name: string): number =>
  Math.max(0, ...Object.values(entryOptionTables).map((table: OptionTable) => table[name]?.since ?? 0))

export const playlistOptions = {
  items,
  max_items: maxItems,
  of,
  options: defineOption({
    schema: EntryOptions,
    affects: 'file',
    since: 6,
    sinceOf: (options) => Math.max(6, ...Object.keys(options).map(sinceOfEntryOption)),
    absent: {},
  }),
  // Of the whole list; `options` may hold another one, for each entry from the making of its job on.
  expires_in: expiresIn,
  ...ofListAndEntries,
} as const satisfies OptionTable

/** Which kind of job is made of each entry. */
export const entryKindOf = ({ of: kind = ENTRY_KIND_DEFAULT }: { readonly of?: EntryKind }): EntryKind => kind

/** What of a playlist's options holds for each of its entries, as far as that kind of job has such an option. */
export function sharedOptionsFor(kind: EntryKind, options: Readonly<Partial<Record<SharedOption, unknown>>>): object {
  const names = (Object.keys(ofListAndEntries) as SharedOption[]).filter(
    (name) => name in entryOptionTables[kind] && options[name] !== undefined,
  )
  return Object.fromEntries(names.map((name) => [name, options[name]]))
}
