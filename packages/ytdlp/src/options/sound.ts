/** `media`, `audio_format` and `audio_bitrate` as arguments. The runner writes the tags (`python/inside.py`). */
import type { DownloadOptions } from '@video-scraper/contracts'
import { ALLOWED } from './allowed-protocols.ts'
import type { OptionMeaning } from './option-meaning.ts'

type Media = NonNullable<DownloadOptions['media']>
type AudioFormat = NonNullable<DownloadOptions['audio_format']>

/** Sound alone where there is any, else the best picture that has sound. */
const SOUND = `ba${ALLOWED}/b${ALLOWED}`

export const media: OptionMeaning<Media> = {
  bestFormats: (value) => (value === 'audio' ? SOUND : null),
  arguments: (value) => (value === 'audio' ? ['--extract-audio'] : []),
  preferences: (value) => (value === 'audio' ? { tags: true, soundFormat: 'best' } : {}),
}

export const audioFormat: OptionMeaning<AudioFormat> = {
  arguments: (format) => [`--audio-format=${format}`],
  preferences: (format) => ({ soundFormat: format }),
}

export const audioBitrate: OptionMeaning<number> = {
  arguments: (kilobits) => [`--audio-quality=${Math.round(kilobits)}K`],
}
