/** The options that each kind of job takes: one row and one file each. */
import { Type } from 'typebox'
import { audioBitrate } from './audio-bitrate.ts'
import { audioFormat } from './audio-format.ts'
import { audioLanguage } from './audio-language.ts'
import { formatId } from './format-id.ts'
import { maxFilesize } from './max-filesize.ts'
import { media } from './media.ts'
import { type OptionTable, type OptionValues, optionFields } from './option.ts'
import { quality } from './quality.ts'
import { strict } from './strict.ts'
import { subtitles } from './subtitles.ts'
import { thumbnail } from './thumbnail.ts'
import { videoCodec } from './video-codec.ts'

export const infoOptions = {} as const satisfies OptionTable

export const downloadOptions = {
  format_id: formatId,
  max_filesize: maxFilesize,
  audio_language: audioLanguage,
  video_codec: videoCodec,
  quality,
  media,
  audio_format: audioFormat,
  audio_bitrate: audioBitrate,
  strict,
  subtitles,
  thumbnail,
} as const satisfies OptionTable

export type DownloadOptions = OptionValues<typeof downloadOptions>

/** As the status of a download says them. */
export const DownloadOptionValues = Type.Object(optionFields(downloadOptions), {
  $id: 'DownloadOptions',
  description: 'What was asked for. Absent where it was only the best.',
})
