/** What a playlist says about its entries: counts in its status, and a page of them apart. */
import { type Static, Type } from 'typebox'
import { refTo } from './named.ts'
import { NullableString } from './nullable.ts'
import { FailureCode, type JobState } from './words.ts'

export const EntryState = Type.Enum(['queued', 'running', 'completed', 'failed', 'cancelled', 'skipped'], {
  $id: 'EntryState',
  type: 'string',
  description:
    '`queued`: its job waits, or is not made yet. `skipped`: it has no job, and `skip_code` says why. The others are those of its job.',
})
export type EntryState = Static<typeof EntryState>

/** Why an entry has no job. */
export const SkipCode = Type.Enum(
  ['duplicate', 'no_address', 'invalid_url', 'list_too_large', 'job_removed', 'playlist_failed'],
  {
    $id: 'EntrySkipCode',
    type: 'string',
    description:
      '`duplicate`: an entry before it has the same address. `no_address`: the list has none for it alone. `invalid_url`: its address is none that a job can have. `list_too_large`: the addresses and titles of the entries up to it take more than 1 MiB. `job_removed`: its job was removed before the playlist saw its end. `playlist_failed`: the playlist ended before its turn.',
  },
)
export type SkipCode = Static<typeof SkipCode>

const count = () => Type.Integer({ minimum: 0 })

/** What a playlist counts. `waiting`: entries without a job yet. Together they are all entries. Internal. */
export const EntryCounts = Type.Object({
  waiting: count(),
  queued: count(),
  running: count(),
  completed: count(),
  failed: count(),
  cancelled: count(),
  skipped: count(),
})
export type EntryCounts = Static<typeof EntryCounts>

export const PlaylistSummary = Type.Object(
  {
    total: Type.Integer({ description: 'All entries that were chosen. The other numbers add up to it.' }),
    queued: Type.Integer({ description: 'They wait, or have no job yet.' }),
    running: count(),
    completed: count(),
    failed: count(),
    cancelled: count(),
    skipped: Type.Integer({ description: 'They have no job, such as one that is there twice.' }),
  },
  {
    $id: 'PlaylistSummary',
    description:
      'How many entries of a playlist are in which state, as its worker last saw them, some seconds ago at most.',
  },
)
export type PlaylistSummary = Static<typeof PlaylistSummary>

/** Where the entries are that have no job yet: they wait for it until the playlist has ended. */
const waitingAre = {
  queued: 'queued',
  running: 'queued',
  completed: 'skipped',
  failed: 'skipped',
  cancelled: 'cancelled',
} as const satisfies Record<JobState, keyof PlaylistSummary>

export function summaryOf({ waiting, ...counted }: EntryCounts, state: JobState): PlaylistSummary {
  const { queued, running, completed, failed, cancelled, skipped } = counted
  const total = waiting + queued + running + completed + failed + cancelled + skipped
  const summary = { total, ...counted }
  summary[waitingAre[state]] += waiting
  return summary
}

export const PlaylistEntry = Type.Object(
  {
    position: Type.Integer({ description: 'Its place in the list, counted from 1.' }),
    url: NullableString({
      description: 'As the list says it; null where no job can be made of it, or an entry before it has the same.',
    }),
    title: NullableString({ description: 'As the list says it.' }),
    job_id: NullableString({
      description: 'The id of its job, a `job_id` or a `download_id`; null while there is none.',
    }),
    status_url: NullableString({ description: 'Where to ask for the status of its job.' }),
    state: refTo(EntryState),
    code: Type.Optional(refTo(FailureCode)),
    skip_code: Type.Optional(refTo(SkipCode)),
  },
  {
    $id: 'PlaylistEntry',
    description: 'An entry of a playlist. `code` is there when it failed, `skip_code` when it was skipped.',
  },
)
export type PlaylistEntry = Static<typeof PlaylistEntry>

export const PlaylistEntries = Type.Object(
  {
    entries: Type.Array(refTo(PlaylistEntry), {
      description: 'In the order in which they were chosen. Empty until the list has been read.',
    }),
    next_cursor: NullableString({ description: 'Give it as `cursor` to get the next page; null on the last one.' }),
  },
  { $id: 'PlaylistEntries' },
)
export type PlaylistEntries = Static<typeof PlaylistEntries>
