/** The settings of who may have how many jobs, which gateways and workers read alike: both make jobs. */
import { type Static, Type } from 'typebox'
import { PLAYLIST_ITEMS_MAX } from './options/max-items.ts'

const count = (description: string, initial: number, bounds: object = {}) =>
  Type.Integer({ description, default: initial, minimum: 0, ...bounds })

export const admissionSettings = {
  MAX_DOWNLOADS_PER_CLIENT: count(
    'Unfinished downloads and playlists per client; 0 for no limit. Downloads of a playlist do not count.',
    10,
  ),
  MAX_WAITING_JOBS: count('Waiting jobs per queue, all clients together; 0 for no limit.', 100_000),
  MAX_WAITING_JOBS_PER_CLIENT: count(
    'Waiting jobs per queue and client; 0 for no limit. Near the limit each of them is looked at, hence the largest value.',
    1000,
    { maximum: 10_000 },
  ),
  MAX_KEPT_JOBS: count(
    'Ended jobs whose records are kept, per queue and outcome, all clients together; 0 for no limit.',
    10_000,
  ),
  MAX_PLAYLIST_ITEMS: count(
    'Entries of one playlist, and how many are taken where a request does not say `max_items`.',
    1000,
    { minimum: 1, maximum: PLAYLIST_ITEMS_MAX },
  ),
  RETENTION_HOURS: count('How long files are kept; their records a day longer. 0 for ever.', 24),
}

export const AdmissionSettings = Type.Object(admissionSettings)
export type AdmissionSettings = Static<typeof AdmissionSettings>
