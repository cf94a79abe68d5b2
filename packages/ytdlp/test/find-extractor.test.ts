/** The extractor that is found by a word is the one that yt-dlp finds by asking all of them. */
import { expect, test } from '@jest/globals'
import { inPython } from './in-python.ts'

/** A pattern, and the longest word that everything which matches holds. */
const WORDS = {
  'https?://(?:www\\.)?example\\.com/(?P<id>\\d+)': 'example.com/',
  '(?P<host>www\\.(?P<name>example))\\.com': 'example',
  '(?i)https?://EXAMPLE\\.com': '://example.com',
  '(?x) https? :// exam ple \\.org  # words': '://example.org',
  '(?:optional)?kept': 'kept',
  '(?:optional)*?kept': 'kept',
  'x(?:twice){2}y(?:lazily)+?': 'lazily',
  '(?>atomic)+z': 'atomic',
  '(?:this|that)': 'th',
  '(?:one|two)': '',
  '(?!not-here)x': 'x',
  '(?P<a>b)?(?(a)with|without)x': 'x',
  '[abc]+\\d': '',
  // Ignoring case, it stands for an s.
  '(?i)ſome': 'ome',
}

test('everything that matches a pattern holds its word', async () => {
  const lines = [
    'import re',
    'from find_extractor import needed_word',
    'answer = [needed_word(re.compile(each)) for each in given]',
  ]
  expect(await inPython(Object.keys(WORDS), ...lines)).toEqual(Object.values(WORDS))
})

/** A sample is compared with all; of every other address it is looked at whether its own extractor would be asked. */
const COMPARE = `
import os
os.environ['YTDLP_NO_LAZY_EXTRACTORS'] = '1'
import find_extractor as found
from yt_dlp.extractor import gen_extractor_classes
every = {each.ie_key(): each for each in gen_extractor_classes()}
found.index_extractors(every)
class ydl:
    _ies = every
urls = sorted({test['url'] for each in every.values() for test in each.get_testcases(include_onlymatching=True)})
wrong = [url for url in urls[::given] if url.isascii() and found.extractor_for(ydl, url) != next(key for key, each in every.items() if each.suitable(url))]
words = {}
for word, key in found._index:
    words.setdefault(key, []).append(word)
for key, each in every.items():
    for test in each.get_testcases(include_onlymatching=True):
        url = test['url']
        if url.isascii() and each.suitable(url) and not any(word in url.lower() for word in words[key]):
            wrong.append(url)
asked = sum('' in each for each in words.values())
answer = {'urls': len(urls), 'asked': asked, 'extractors': len(every), 'wrong': wrong}
`

test('for the addresses that yt-dlp itself is tested with', async () => {
  const { urls, asked, extractors, wrong } = (await inPython(8, COMPARE)) as Record<string, number | string[]>
  expect(wrong).toEqual([])
  expect(urls).toBeGreaterThan(5000)
  // Those that say by code of their own what they take.
  expect(Number(asked) / Number(extractors)).toBeLessThan(0.1)
})

test('nothing is found without an index, and where letters may stand for others', async () => {
  const lines = [
    'import find_extractor as found',
    'class taker:',
    "    suitable = staticmethod(lambda url: 'video' in url)",
    "ydl = type('ydl', (), {'_ies': {'Taker': taker}})",
    "answer = [found.extractor_for(ydl, 'https://x/video')]",
    "found._index = [('video', 'Taker'), ('', 'Gone')]",
    "answer += [found.extractor_for(ydl, url) for url in ('https://x/VIDEO/video', 'https://x/ſ/video', 'https://x/other')]",
  ]
  expect(await inPython(null, ...lines)).toEqual([null, 'Taker', null, null])
})
