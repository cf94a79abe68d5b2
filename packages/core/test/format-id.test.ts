/** Every id that is listed can be asked for; a selector of yt-dlp's format language is refused at once. */
import { expect, test } from '@jest/globals'
import { FORMAT_ID_LENGTH_MAX } from '@video-scraper/contracts'
import { isFormatId } from '@video-scraper/core'

test.each([
  ...['22', 'hls-1080p', 'http_dash.video_1', '137+140', 'A.b-C_9', '%31', '$_id_', '-f:x', '１', 'é', 'a*', '"', "'"],
  ...[
    'aac-हिन्दी',
    'aac-Français',
    "aac-Director's_Commentary",
    'aac-עברית',
    'aac-العربية',
    'aac-👩‍🚀',
    'a\\b',
    '`a`',
    'a;b',
    'a\ufeffb',
    'a\u206ab',
  ],
  ...['x'.repeat(FORMAT_ID_LENGTH_MAX), '😀'.repeat(FORMAT_ID_LENGTH_MAX)],
  `${'é'.repeat(FORMAT_ID_LENGTH_MAX)}+${'ü'.repeat(FORMAT_ID_LENGTH_MAX)}`,
])('%s is a format id', (id) => expect(isFormatId(id)).toBe(true))

test.each([
  ...['', '+', '1+', '+1', '1+2+3', 'best/worst', 'best[height<=720]', 'b*[format_id="1"]', '(1)', '1,2'],
  ...['1 2', ' 1', '1\n', '1\0', '1\u0085', '1\u2028', '1\u202e2', '1\u00a02', '1\ud800', '\udc00'],
  ...['x'.repeat(FORMAT_ID_LENGTH_MAX + 1), '😀'.repeat(FORMAT_ID_LENGTH_MAX + 1)],
])('%j is none', (id) => expect(isFormatId(id)).toBe(false))
