/** What is handed to yt-dlp of a playlist: numbers and ranges of the segments that stay must stay as they were. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { readRuntime } from '@video-scraper/testkit'

const PROGRAM = `
import sys
sys.path[:0] = [sys.argv[2], sys.argv[1]]
from playlist import _Preparation
class Downloader:
    def report_warning(self, message):
        print('#' + message)
print(_Preparation(Downloader(), {}, 'http://a.example/').prepare(sys.stdin.read()), end='')
`

function prepared(lines: readonly string[]): string[] {
  const { python, ytdlp } = readRuntime()
  const runner = fileURLToPath(new URL('../python', import.meta.url))
  const argv = ['-I', '-S', '-B', '-c', PROGRAM, ytdlp, runner]
  return execFileSync(python, argv, { input: lines.join('\n'), encoding: 'utf8' })
    .trim()
    .split('\n')
}

const WARNING = '#Segments that the source marks as missing were left out'

test('after a gap the next segment keeps its number, which decrypts it', () => {
  const lines = [
    '#EXT-X-MEDIA-SEQUENCE:7',
    '#EXTINF:1,',
    'a.ts',
    '#EXT-X-GAP',
    '#EXTINF:1,',
    'b.ts',
    '#EXTINF:1,',
    'c.ts',
  ]
  expect(prepared(lines)).toEqual([
    ...[WARNING, '#EXT-X-MEDIA-SEQUENCE:7', '#EXTINF:1,', 'a.ts', '#EXTINF:1,', '#EXTINF:1,'],
    ...['#EXT-X-MEDIA-SEQUENCE:9', 'c.ts'],
  ])
})

test('after a gap the next range begins where it began before', () => {
  const ranges = [
    '#EXT-X-BYTERANGE:100@50',
    'a.ts',
    '#EXT-X-BYTERANGE:30',
    '#EXT-X-GAP',
    'a.ts',
    '#EXT-X-BYTERANGE:20',
    'a.ts',
  ]
  expect(prepared(ranges)).toEqual([
    ...[WARNING, '#EXT-X-BYTERANGE:100@50', 'a.ts', '#EXT-X-MEDIA-SEQUENCE:2', '#EXT-X-BYTERANGE:20@180', 'a.ts'],
  ])
})

test('a playlist without gaps is handed on as it is', () => {
  const lines = ['#EXTM3U', '#EXT-X-MAP:URI="i.mp4"', '#EXTINF:1,', 'a.m4s', '#EXTINF:1,', 'b.m4s', '#EXT-X-ENDLIST']
  expect(prepared(lines).toSorted()).toEqual(lines.toSorted())
})
