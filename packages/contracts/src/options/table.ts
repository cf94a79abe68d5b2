/** The options that each kind of job takes: one row and one file each. */
import { Type } from 'typebox'
import { audioBitrate } from './audio-bitrate.ts'
import { audioFormat } from './audio-format.ts'
import { audioLanguage } from './audio-language.ts'
import { captionSource } from './caption-source.ts'
import { chapters } from './chapters.ts'
import { clips } from './clips.ts'
import { compatibility } from './compatibility.ts'
import { container } from './container.ts'
import { cookies } from './cookies.ts'
import { country } from './country.ts'
import { destination } from './destination.ts'
import { embed } from './embed.ts'
import { entries } from './entries.ts'
import { expiresIn } from './expires-in.ts'
import { formatId } from './format-id.ts'
import { language } from './language.ts'
import { maxAge } from './max-age.ts'
import { maxFilesize } from './max-filesize.ts'
import { media } from './media.ts'
import { mediaUrls } from './media-urls.ts'
import { keptFields, type OptionTable, type OptionValues } from './option.ts'
import { quality } from './quality.ts'
import { retentionSeconds } from './retention-seconds.ts'
import { strict } from './strict.ts'
import { subtitles } from './subtitles.ts'
import { thumbnail } from './thumbnail.ts'
import { transcode } from './transcode.ts'
import { videoCodec } from './video-codec.ts'
import { waitForStart } from './wait-for-start.ts'

export const infoOptions = {
  max_age: maxAge,
  media_urls: mediaUrls,
  entries,
  cookies,
  country,
  expires_in: expiresIn,
  wait_for_start: waitForStart,
} as const satisfies OptionTable

export const transcriptOptions = {
  language,
  source: captionSource,
  cookies,
  max_age: maxAge,
  expires_in: expiresIn,
  retention_seconds: retentionSeconds,
} as const satisfies OptionTable

export const downloadOptions = {
  format_id: formatId,
  max_filesize: maxFilesize,
  audio_language: audioLanguage,
  compatibility,
  transcode,
  video_codec: videoCodec,
  container,
  quality,
  media,
  audio_format: audioFormat,
  audio_bitrate: audioBitrate,
  strict,
  subtitles,
  thumbnail,
  embed,
  clips,
  chapters,
  cookies,
  country,
  max_age: maxAge,
  expires_in: expiresIn,
  retention_seconds: retentionSeconds,
  wait_for_start: waitForStart,
  destination,
} as const satisfies OptionTable

export type InfoOptions = OptionValues<typeof infoOptions>
export type TranscriptOptions = OptionValues<typeof transcriptOptions>
export type DownloadOptions = OptionValues<typeof downloadOptions>

/** As the status of a download says them. */
export const DownloadOptionValues = Type.Object(keptFields(downloadOptions), {
  $id: 'DownloadOptions',
  description: 'What was asked for. Absent where it was only the best.',
})
