/** Playlists: a job for each entry of a list (decision record 0060). */
import type { PlaylistResult } from '../job-results.ts'
import { playlistOptions } from '../options/playlist-table.ts'
import { summaryOf } from '../playlist.ts'
import { PlaylistJob } from '../playlist-job.ts'
import { defineKind, resultOf } from './define-kind.ts'

const UNDER_WAY = 'The entries are under way'

export const playlist = defineKind<PlaylistResult>()({
  name: 'Playlist',
  form: 'job',
  ids: 'playlist_',
  path: 'playlist',
  operation: {
    id: 'createPlaylist',
    summary: 'Make a job of each entry of a list',
    starts:
      'Reads a list, such as a playlist or a channel, and makes a job of each of its entries. The address of a single video is a list of one. The entries are at `GET /job/{job_id}/entries`.',
    tag: 'playlists',
    tagDescription: 'Make a job of each entry of a list, and follow all of them as one.',
  },
  options: playlistOptions,
  acceptedMessage: 'The list will be read, and a job is made of each entry',
  messages: {
    queued: 'Queued',
    extracting: 'Reading the list',
    downloading: UNDER_WAY,
    processing: UNDER_WAY,
    finalizing: 'Finishing',
  },
  failureBeginning: 'The list could not be read',
  ...PlaylistJob,
  result: resultOf<PlaylistResult>(),
  show: ({ title, of, counts }) => ({ title, of, summary: summaryOf(counts, 'completed') }),
  files: () => [],
  events: { completed: 'playlist_complete', failed: 'playlist_failed', cancelled: 'playlist_cancelled' },
  eventsNote: '`playlist_…` playlists, once all of their entries have ended',
  holdsSlot: true,
  reuse: 'never',
  settings: {
    concurrency: {
      name: 'WORKER_PLAYLIST_CONCURRENCY',
      description:
        'Playlists that are read, or looked after, at once. One that waits for its entries counts for nothing.',
      default: 2,
    },
    timeout: {
      name: 'PLAYLIST_TIMEOUT_SECONDS',
      description: 'Wall clock of one step of a playlist, of which reading the list is the longest; 0 for none.',
      default: 180,
    },
  },
  examples: {
    requests: {
      downloads: { url: 'https://vimeo.com/album/2632481', items: '1-20,-1', options: { quality: '720p' } },
      infos: { url: 'https://vimeo.com/album/2632481', of: 'info', max_items: 50 },
    },
    completed: {
      title: 'Staff picks',
      of: 'download',
      summary: { total: 21, queued: 0, running: 0, completed: 18, failed: 2, cancelled: 0, skipped: 1 },
    },
  },
})
