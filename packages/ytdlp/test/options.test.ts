/** The table of what options mean to yt-dlp is total: an option without its row does not compile. */
import { expect, test } from '@jest/globals'
import { formatId } from '../src/options/format-id.ts'
import { formatsOf, type OptionMeanings } from '../src/options/table.ts'

interface Planted {
  readonly format_id?: string
  readonly planted?: number
}

const whole: OptionMeanings<Planted> = { format_id: formatId, planted: { formats: (value) => `planted${value}` } }

test('a planted option has a row, and without it the table does not compile', () => {
  // @ts-expect-error: the row of the planted option is missing.
  const lacking: OptionMeanings<Planted> = { format_id: formatId }
  expect(Object.keys(lacking)).not.toContain('planted')
  expect(formatsOf<Planted>({ planted: 7 }, whole)).toBe('planted7')
})
