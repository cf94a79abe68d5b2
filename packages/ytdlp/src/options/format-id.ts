/** `format_id` in yt-dlp's format language. */
import { hash } from 'node:crypto'
import { isFormatId } from '@video-scraper/core'
import { ALLOWED } from './allowed-protocols.ts'
import type { OptionMeaning } from './option-meaning.ts'

/**
 * A format id is data: only its digest is named, which `python/format_ids.py` has put beside each format. So no id can ever
 * be a selector or an operator of yt-dlp. A listed id holds no `+`: it joins two.
 */
export function selectorOf(formatId: string): string {
  if (!isFormatId(formatId)) throw new TypeError('A format id has characters that were to be refused earlier.')
  const part = (id: string): string => `b*[format_key="${hash('sha256', id)}"]${ALLOWED}`
  return formatId.split('+').map(part).join('+')
}

export const formatId: OptionMeaning<string> = { formats: selectorOf }
