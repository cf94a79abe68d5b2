/** A format id is data: nothing that yt-dlp's selector language gives a meaning to gets through. */
import { expect, test } from '@jest/globals'
import { FORMAT_ID_LENGTH_MAX, isFormatId } from '@video-scraper/core'

test.each(['22', 'hls-1080p', 'http_dash.video_1', '137+140', 'A.b-C_9', 'x'.repeat(FORMAT_ID_LENGTH_MAX)])(
  '%s is a format id',
  (id) => expect(isFormatId(id)).toBe(true),
)

test.each([
  '',
  '+',
  '1+',
  '+1',
  '1+2+3',
  'best/worst',
  'best[height<=720]',
  'b*[format_id="1"]',
  '(1)',
  '1,2',
  '"',
  "'",
  '1 2',
  ' 1',
  '1\n',
  '1\0',
  '1\\2',
  'é',
  '１',
  '%31',
  '$(id)',
  '-f:x',
  'x'.repeat(FORMAT_ID_LENGTH_MAX + 1),
])('%j is none', (id) => expect(isFormatId(id)).toBe(false))
