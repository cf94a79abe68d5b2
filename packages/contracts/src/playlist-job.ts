/** A playlist as `GET /job/{job_id}` answers it. */
import { jobFormStatus } from './job-form-status.ts'
import { refTo } from './named.ts'
import { NullableString } from './nullable.ts'
import { playlistOptions } from './options/playlist-table.ts'
import { PlaylistSummary } from './playlist.ts'

export const PlaylistJob = jobFormStatus({
  name: 'PlaylistJob',
  kind: 'playlist',
  description: 'A playlist.',
  completed: {
    title: NullableString({ description: 'Of the list.' }),
    of: refTo(playlistOptions.of.schema),
    summary: refTo(PlaylistSummary),
  },
  completedNote: 'every entry has ended, well or badly; `summary` counts them.',
})
