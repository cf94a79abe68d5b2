/** A download as `GET /status/{download_id}` answers it: one shape for each status. */
import { type Static, Type } from 'typebox'
import { ByteCount } from './byte-count.ts'
import { DownloadFile } from './download-file.ts'
import { NullableInstant } from './instants.ts'
import { endedByClient, endedInFailure, endedWithResult, goingOn } from './job-status.ts'
import { discriminatedBy, refTo, wordOf } from './named.ts'
import { NullableNumber, NullableString } from './nullable.ts'
import { destinationOrigin } from './options/destination.ts'
import { DownloadOptionValues } from './options/table.ts'
import { DownloadStatus, Phase } from './words.ts'

export const DestinationStatus = Type.Object(
  {
    origin: destinationOrigin,
    delivered_at: NullableInstant('When the store had taken the file whole', 'until then'),
  },
  { $id: 'DestinationStatus', description: 'With the option `destination`: where the file goes.' },
)

const asked = {
  download_id: Type.String(),
  format_id: NullableString({ description: 'The format that was asked for; null for the best.' }),
  options: Type.Optional(refTo(DownloadOptionValues)),
  destination: Type.Optional(refTo(DestinationStatus)),
}

export const DownloadInProgress = Type.Object(
  {
    status: wordOf(DownloadStatus, 'in_progress'),
    status_message: Type.String({ description: 'What is going on, for people.' }),
    phase: refTo(Phase),
    downloaded_bytes: NullableNumber(),
    total_bytes: NullableNumber({ description: 'An estimate where the source does not say it.' }),
    speed_bytes_per_second: NullableNumber(),
    eta_seconds: NullableNumber(),
    ...asked,
    ...goingOn,
  },
  { $id: 'DownloadInProgress', description: '`status` is `in_progress`: the download waits or runs.' },
)
export type DownloadInProgress = Static<typeof DownloadInProgress>

export const DownloadCompleted = Type.Object(
  {
    status: wordOf(DownloadStatus, 'completed'),
    filename: Type.String({ description: 'The name of the file.' }),
    size_bytes: ByteCount('The size of the file.'),
    download_url: Type.String({ description: 'Where to fetch the file.' }),
    title: NullableString(),
    media_type: Type.String(),
    duration: NullableNumber({ description: 'Seconds.' }),
    sha256: Type.String({ description: 'Of the file, 64 hexadecimal digits.' }),
    expires_at: NullableInstant('When the file will be removed.', 'when it is kept for ever'),
    expired: Type.Boolean({
      description: 'The file has been removed, since its time was over or its owner removed it.',
    }),
    files: Type.Array(refTo(DownloadFile), {
      description:
        'All files of the download, the media first. Each can be fetched, linked and removed like the media.',
    }),
    archive_url: Type.String({
      description: 'Where to fetch all files of the download that are still there, as one zip.',
    }),
    cached: Type.Boolean({
      description: 'The file was there from an earlier download, with its own `expires_at`.',
    }),
    ...asked,
    ...endedWithResult,
  },
  { $id: 'DownloadCompleted', description: '`status` is `completed`: the file is at `download_url` until it expires.' },
)
export type DownloadCompleted = Static<typeof DownloadCompleted>

export const DownloadFailed = Type.Object(
  { status: wordOf(DownloadStatus, 'failed'), ...asked, ...endedInFailure },
  { $id: 'DownloadFailed', description: '`status` is `failed`: `code` says why.' },
)
export type DownloadFailed = Static<typeof DownloadFailed>

export const DownloadCancelled = Type.Object(
  { status: wordOf(DownloadStatus, 'cancelled'), ...asked, ...endedByClient },
  { $id: 'DownloadCancelled', description: '`status` is `cancelled`: the download will not complete any more.' },
)
export type DownloadCancelled = Static<typeof DownloadCancelled>

export const Download = discriminatedBy(
  'status',
  'Download',
  {
    in_progress: DownloadInProgress,
    completed: DownloadCompleted,
    failed: DownloadFailed,
    cancelled: DownloadCancelled,
  } as const satisfies Record<DownloadStatus, object>,
  { description: 'A download. Which keys are there depends on `status`.' },
)
export type Download = Static<typeof Download>
