/** What a job could not have, in sentences: one for each code, and none of a source's own words. */
import type { JobWarning, WarningCode } from '@video-scraper/contracts'

export const warningSentences = {
  formats_missing: 'A list of formats, or a format, could not be read, so some may be missing.',
  formats_skipped: 'The source has formats that cannot be downloaded, such as protected ones; they were left out.',
  metadata_incomplete: 'The source did not tell everything about the video, such as its title.',
  subtitles_missing:
    'Subtitles are missing: the source has none in a language that was asked for, or they could not be read.',
  subtitles_not_embedded: 'The subtitles do not fit into the media file, so they lie beside it.',
  thumbnail_missing: 'The source has no picture of the video, or it could not be read.',
  chapters_missing: 'The source names no chapters of the video.',
  clips_missing: 'A clip or a chapter is missing: it lies behind the end of the video, or could not be cut.',
  embedding_incomplete:
    'Some of what was to be put into the media file (tags, chapters, the picture) does not fit into it, and was left out.',
  generic_extraction: 'The site is not known, so the video was found by general rules and little is known about it.',
  javascript_missing:
    'The service has no JavaScript runtime, without which this source does not give all of its formats.',
  target_blocked: 'A part of the source lies at an address that is not allowed as a target, and was left out.',
  impersonation_missing:
    'The source is to be asked as a browser, and this service lacks the library that imitates one, so it may refuse.',
  more_videos: 'There are several videos at this address. Only the first one was taken.',
  entries_skipped: 'The first entries of the list at this address hold no video, and were passed over.',
  segments_missing: 'The source marks parts of the video as missing, so the video is shorter there.',
  result_shortened: 'The description, or some of the worst formats, were left out, because they are too large to keep.',
  container_changed: 'The formats do not fit into one mp4 or webm file, so they were put into another container.',
  stream_missing: 'The source announced a picture or sound that is not in what it sent.',
  quality_unavailable: 'The picture is not of the quality that was asked for; it is the nearest that the source has.',
  video_codec_unavailable: 'The picture is not encoded as was asked for, because the source does not have that.',
  audio_language_unavailable: 'The source does not have, or does not name, the language that was asked for.',
  container_unavailable:
    'What the source has does not fit into the container that was asked for without being encoded again, so it is in another one.',
  compatibility_unavailable:
    'The source does not have the video as H.264 with AAC in mp4, so some players may not play the file.',
  video_transcoded:
    'The picture was encoded again as H.264, because the source does not have it in a form that all players play.',
  audio_transcoded:
    'The sound was encoded again as AAC, because the source does not have it in a form that all players play.',
  transcode_limit:
    'The video was not encoded again, because that takes more processor time, memory or space than this service, or max_filesize, allows, or is switched off here. Ask for a lower quality, or leave transcode out.',
  transcode_failed: 'The video could not be encoded again, so it is as the source has it.',
  streams_left_out:
    'A further picture or sound of the video could not be encoded again, so only the first ones are in the file.',
  cookies_expired:
    'The site no longer takes the cookies that the job was to use, so the result is what it shows without signing in.',
  po_token_missing:
    'The source wants a proof that its own player asks (a PO token), and there was none, so formats or subtitles may be missing.',
  po_token_failed:
    'The provider of PO tokens of this service gave none, so formats or subtitles of the source may be missing.',
  site_broken: 'The support for this site is known to be broken, so the result may be wrong.',
  length_differs: 'The media is not as long as the source announced.',
  unspecified: 'Something about the source is unusual, so the result may be incomplete.',
} as const satisfies Record<WarningCode, string>

/** What the source announced, and what was measured. Seconds. */
export interface Lengths {
  readonly announced: number
  readonly measured: number
}

/** Codes of another time, in a record that an older or newer worker wrote, are passed over. */
export const warningsFrom = (codes: readonly WarningCode[], lengths?: Lengths): JobWarning[] =>
  codes
    .filter((code) => Object.hasOwn(warningSentences, code))
    .map((code) => ({ code, message: `${warningSentences[code]}${code === 'length_differs' ? figures(lengths) : ''}` }))

const figures = (lengths: Lengths | undefined): string =>
  lengths === undefined ? '' : ` Stated: ${shown(lengths.announced)} s. Measured: ${shown(lengths.measured)} s.`

const shown = (seconds: number): string => String(Math.round(seconds * 10) / 10)

/** Whether a length differs by more than what rounding and incomplete last frames explain: 1 s or 2 %, whichever is more. */
export const lengthDiffers = ({ announced, measured }: Lengths): boolean =>
  Math.abs(announced - measured) > Math.max(1, announced * 0.02)
