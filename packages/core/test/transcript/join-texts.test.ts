/** Where a space stands between two texts. */
import { expect, test } from '@jest/globals'
import { joinTexts } from '../../src/transcript/join-texts.ts'

test.each([
  ['a', 'b', 'ab'],
  ['a ', 'b', 'a b'],
  ['a', ' b', 'a b'],
  ['a  ', '  b', 'a b'],
  ['', ' b', 'b'],
  ['a', ' ', 'a'],
  ['a ', ' ', 'a'],
  [' ', ' ', ''],
  ['今日は ', '良い', '今日は良い'],
  ['今日は ', 'good', '今日は good'],
  ['good ', '良い', 'good 良い'],
  // The characters at the border decide, and no others.
  ['良い day ', '今日', '良い day 今日'],
  ['day 良い ', 'a 今日', 'day 良い a 今日'],
  ['天気 ', 'ย good', '天気ย good'],
])('%j and %j are %j', (before, after, joined) => expect(joinTexts(before, after)).toBe(joined))
