/** `quality` as an order of formats, and what a picture of a quality is. */
import type { DownloadOptions } from '@video-scraper/contracts'
import type { MediaFacts, OptionMeaning } from './option-meaning.ts'

type Quality = NonNullable<DownloadOptions['quality']>

/** Encoders round sizes to whole blocks, and some sources crop a line. */
const TOLERANCE = 0.03

const linesIn = (quality: Quality): number => Number.parseInt(quality, 10)

/** The height of a full 16:9 picture of that width, however it is cropped or turned (`python/preferences.py` does the same). */
function linesOf({ width, height }: Pick<MediaFacts, 'width' | 'height'>): number | null {
  if (height === null) return null
  if (width === null) return height
  return Math.max(Math.min(width, height), Math.round((Math.max(width, height) * 9) / 16))
}

function sizeOf(quality: Quality): readonly string[] {
  if (quality === 'best') return ['res']
  if (quality === 'smallest') return ['+size', '+br', '+res', '+fps']
  return [`lines:${Math.floor(linesIn(quality) * (1 + TOLERANCE))}`]
}

function isMet(quality: Quality, facts: MediaFacts): boolean | null {
  if (quality === 'best' || quality === 'smallest') return true
  const lines = linesOf(facts)
  return lines === null ? null : Math.abs(lines - linesIn(quality)) <= linesIn(quality) * TOLERANCE
}

export const quality: OptionMeaning<Quality> = { sortSize: sizeOf, isMet, warning: 'quality_unavailable' }
