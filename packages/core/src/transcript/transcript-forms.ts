/** A transcript in each of the forms in which it can be had. */
import type { TranscriptForm, TranscriptSegment } from '@video-scraper/contracts'

/** What stands at the head of the JSON form, beside the segments. */
export interface TranscriptHead {
  readonly title: string | null
  readonly language: string
  readonly automatic: boolean
}

type Write = (segments: readonly TranscriptSegment[], head: TranscriptHead) => string

/** Total: a form without its writer does not compile. Every text ends with a line end, and none is empty. */
export const transcriptForms: Readonly<Record<TranscriptForm, Write>> = {
  json: (segments, { title, language, automatic }) =>
    `${JSON.stringify({ title, language, source: automatic ? 'automatic' : 'manual', segments, text: textOf(segments) })}\n`,
  text: (segments) => `${textOf(segments)}\n`,
  srt: (segments) =>
    segments
      .map(
        ({ start, end, text }, at) =>
          `${at + 1}\n${clock(start, ',')} --> ${clock(end, ',')}\n${text.replaceAll('-->', '->')}\n`,
      )
      .join('\n'),
  vtt: (segments) =>
    [
      'WEBVTT\n',
      ...segments.map(({ start, end, text }) => `${clock(start, '.')} --> ${clock(end, '.')}\n${escaped(text)}\n`),
    ].join('\n'),
}

/** The text of all segments, one line for each. */
const textOf = (segments: readonly TranscriptSegment[]): string => segments.map(({ text }) => text).join('\n')

/** WebVTT, section 4.2.2: these two begin something else than text, and the third may end a line of times. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0')

/** `seconds` as `HH:MM:SS.mmm`. */
function clock(seconds: number, separator: ',' | '.'): string {
  const milliseconds = Math.round(seconds * 1000)
  const whole = Math.floor(milliseconds / 1000)
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60]
  return `${pad(hours, 2)}:${pad(minutes, 2)}:${pad(whole % 60, 2)}${separator}${pad(milliseconds % 1000, 3)}`
}
