/** A length that is not the one of the source: when it is worth a warning, and how that says it. */
import { expect, test } from '@jest/globals'
import type { WarningCode } from '@video-scraper/contracts'
import { lengthDiffers, warningSentences, warningsFrom } from '@video-scraper/core'

test.each([
  ['a second of a short video', 10, 11, false],
  ['more than a second of a short video', 10, 11.1, true],
  ['more than a second is missing', 10, 8.9, true],
  ['two percent of a long one', 100, 102, false],
  ['more than two percent of a long one', 100, 102.1, true],
  ['more than two percent are missing', 100, 97.9, true],
])('%s: %s s were announced and %s s measured', (_, announced, measured, differs) => {
  expect(lengthDiffers({ announced, measured })).toBe(differs)
})

test('the warning says both figures, and other warnings say none', () => {
  const lengths = { announced: 10, measured: 8.949 }
  expect(warningsFrom(['length_differs', 'more_videos'], lengths)).toEqual([
    { code: 'length_differs', message: `${warningSentences.length_differs} Stated: 10 s. Measured: 8.9 s.` },
    { code: 'more_videos', message: warningSentences.more_videos },
  ])
  expect(warningsFrom(['length_differs'])).toEqual([
    { code: 'length_differs', message: warningSentences.length_differs },
  ])
})

test('a code that this version does not know is passed over', () => {
  const codes = ['of_a_newer_version', 'toString', 'more_videos'] as WarningCode[]
  expect(warningsFrom(codes).map(({ code }) => code)).toEqual(['more_videos'])
})
