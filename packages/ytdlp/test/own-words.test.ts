/** A name that a source chose decides nothing: it is taken out of the sentence, and nothing else is. */
import { expect, test } from '@jest/globals'
import { namesIn, ownWords } from '../src/own-words.ts'

test.each([
  ['segments and values of the query', 'https://a.example/v/ab-1?list=cd-2', ['ab-1', 'cd-2']],
  ['names without their extension as well', 'https://a.example/this.video.mp4', ['this.video.mp4', 'this.video']],
  ['decoded names as well', 'https://a.example/caf%C3%A9-1', ['caf%C3%A9-1', 'caf\u00e9-1']],
  ['what cannot be decoded as it is', 'https://a.example/%zz', ['%zz']],
  ['numbers', 'https://a.example/42', ['42']],
  ['no single words', 'https://a.example/premium/Login?sort=x', []],
  ['nothing of what is no address', 'premium-1', []],
])('names of an address: %s', (_, address, names) => {
  expect(namesIn(address)).toEqual(names)
})

test.each([
  ['level, extractor and id', 'ERROR: [x] a1: This is private', [], 'This is private'],
  ['a name', 'ERROR: [x] a1: premium-1 is gone', ['premium-1'], 'is gone'],
  ['the longer of two names', 'ERROR: my-premium is gone', ['my', 'my-premium'], 'is gone'],
  ['the longer of two names, whichever comes first', 'ERROR: my-premium is gone', ['my-premium', 'my'], 'is gone'],
  ['a name of two letters', 'WARNING: ab is gone', ['ab'], 'is gone'],
  ['no name of one letter', 'WARNING: a is gone', ['a'], 'a is gone'],
  ['no part of a word', 'WARNING: video is gone', ['id'], 'video is gone'],
  ['a name as it is spelled', 'WARNING: a.b and axb are gone', ['a.b'], 'and axb are gone'],
  ['the reason behind a status', 'HTTP Error 403: premium (caused by x)', [], 'HTTP Error 403'],
])('out of a sentence is taken: %s', (_, message, names, words) => {
  expect(ownWords(message, names).trim()).toBe(words)
})

test('names do not end, the search for them does: the fifty longest are taken out', () => {
  const long = Array.from({ length: 50 }, (_, at) => `name-${at + 10}`)
  expect(ownWords('WARNING: short name-10 name-59', ['short', ...long]).trim()).toBe('short')
})

test('without names a sentence keeps all of its words', () => {
  expect(ownWords('Stryker was here')).toBe('Stryker was here')
})
