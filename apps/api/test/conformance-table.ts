/**
 * What RFC 9110 says about conditions (section 13) and ranges (section 14), as requests and answers. `ETAG`, `AT`,
 * `BEFORE` and `AFTER` stand for the file's own entity tag and date, and a second on either side of it.
 */

export const FILE = '0123456789abcdef'

export interface Row {
  /** Where the rule stands. */
  section: string
  rule: string
  headers: Record<string, string>
  status: 200 | 206 | 304 | 412 | 416
  /** What a 206 holds, as it stands in `Content-Range`. */
  range?: string
  /** HEAD is answered otherwise: Range is defined for GET only. Default: the same status. */
  head?: number
}

const OTHER = '"another"'
const RANGE = 'bytes=4-7'

const row = (
  section: string,
  rule: string,
  headers: Record<string, string>,
  status: Row['status'],
  more: Pick<Row, 'range' | 'head'> = {},
): Row => ({ section, rule, headers, status, ...more })

const part = (rule: string, range: string, contentRange: string): Row =>
  row('14.1.2', rule, { range }, 206, { range: contentRange, head: 200 })

const whole = (section: string, rule: string, range: string): Row => row(section, rule, { range }, 200)

export const rows: Row[] = [
  row('9.3.1', 'nothing asked: the whole file', {}, 200),

  part('first and last byte, both included', 'bytes=4-7', '4-7'),
  part('one byte', 'bytes=0-0', '0-0'),
  part('the last byte', 'bytes=15-15', '15-15'),
  part('an open end', 'bytes=12-', '12-15'),
  part('everything as a range', 'bytes=0-', '0-15'),
  part('an end beyond the file is the end of the file', 'bytes=12-99', '12-15'),
  part('a suffix', 'bytes=-4', '12-15'),
  part('a suffix longer than the file is the file', 'bytes=-99', '0-15'),
  part('a number that no integer type holds', 'bytes=12-99999999999999999999999999', '12-15'),
  part('units are compared without case (14.1)', 'Bytes=4-7', '4-7'),
  part('an empty element of the list is nothing (5.6.1)', 'bytes=,4-7,', '4-7'),
  whole('14.2', 'several ranges may be answered with the whole file', 'bytes=0-1,4-5'),
  whole('14.2', 'many small ranges are answered with the whole file (17.15)', `bytes=${'0-0,'.repeat(200)}1-1`),
  whole('14.2', 'an unknown unit is ignored', 'lines=1-2'),
  whole('14.1.1', 'an end before its start makes the header invalid', 'bytes=7-4'),
  whole('14.1.1', 'no digits make the header invalid', 'bytes=-'),
  whole('14.1.1', 'rubbish makes the header invalid', 'bytes=a-b'),
  whole('14.1.1', 'a space inside makes the header invalid', 'bytes=4 -7'),
  row('15.5.17', 'a start behind the end', { range: 'bytes=16-' }, 416, { head: 200 }),
  row('15.5.17', 'a start and an end behind the end', { range: 'bytes=99-100' }, 416, { head: 200 }),
  row('14.1.2', 'a suffix of nothing', { range: 'bytes=-0' }, 416, { head: 200 }),

  row('13.1.1', 'If-Match: the tag', { 'if-match': 'ETAG' }, 200),
  row('13.1.1', 'If-Match: in a list', { 'if-match': `${OTHER}, ETAG` }, 200),
  row('13.1.1', 'If-Match: anything there is', { 'if-match': '*' }, 200),
  row('13.1.1', 'If-Match: another tag', { 'if-match': OTHER }, 412),
  row('13.1.1', 'If-Match compares strongly: a weak tag matches nothing', { 'if-match': 'W/ETAG' }, 412),
  row('13.1.2', 'If-None-Match: the tag', { 'if-none-match': 'ETAG' }, 304),
  row('13.1.2', 'If-None-Match compares weakly', { 'if-none-match': 'W/ETAG' }, 304),
  row('13.1.2', 'If-None-Match: in a list', { 'if-none-match': `${OTHER}, ETAG` }, 304),
  row('13.1.2', 'If-None-Match: anything there is', { 'if-none-match': '*' }, 304),
  row('13.1.2', 'If-None-Match: another tag', { 'if-none-match': OTHER }, 200),
  row('13.1.3', 'If-Modified-Since: the date', { 'if-modified-since': 'AT' }, 304),
  row('13.1.3', 'If-Modified-Since: later', { 'if-modified-since': 'AFTER' }, 304),
  row('13.1.3', 'If-Modified-Since: earlier', { 'if-modified-since': 'BEFORE' }, 200),
  row('13.1.3', 'If-Modified-Since: no date is ignored', { 'if-modified-since': 'yesterday' }, 200),
  row('13.1.4', 'If-Unmodified-Since: the date', { 'if-unmodified-since': 'AT' }, 200),
  row('13.1.4', 'If-Unmodified-Since: later', { 'if-unmodified-since': 'AFTER' }, 200),
  row('13.1.4', 'If-Unmodified-Since: earlier', { 'if-unmodified-since': 'BEFORE' }, 412),
  row('13.1.4', 'If-Unmodified-Since: no date is ignored', { 'if-unmodified-since': 'tomorrow' }, 200),

  row('13.1.5', 'If-Range: the tag', { range: RANGE, 'if-range': 'ETAG' }, 206, { range: '4-7', head: 200 }),
  row('13.1.5', 'If-Range: another tag', { range: RANGE, 'if-range': OTHER }, 200),
  row('13.1.5', 'If-Range: a weak tag never matches', { range: RANGE, 'if-range': 'W/ETAG' }, 200),
  row('13.1.5', 'If-Range: exactly the date', { range: RANGE, 'if-range': 'AT' }, 206, { range: '4-7', head: 200 }),
  row('13.1.5', 'If-Range: an earlier date', { range: RANGE, 'if-range': 'BEFORE' }, 200),
  row('13.1.5', 'If-Range: a later date is not the date', { range: RANGE, 'if-range': 'AFTER' }, 200),
  row('13.1.5', 'If-Range without Range is ignored', { 'if-range': 'ETAG' }, 200),
  row('13.1.5', 'If-Range fails: no 416 either', { range: 'bytes=99-', 'if-range': OTHER }, 200),
  row('13.1.5', 'If-Range holds: 416 as without it', { range: 'bytes=99-', 'if-range': 'ETAG' }, 416, { head: 200 }),

  row('13.2.2', '1: If-Match decides before If-None-Match', { 'if-match': OTHER, 'if-none-match': 'ETAG' }, 412),
  row(
    '13.2.2',
    '2: with If-Match, If-Unmodified-Since is ignored',
    { 'if-match': 'ETAG', 'if-unmodified-since': 'BEFORE' },
    200,
  ),
  row(
    '13.2.2',
    '2: If-Unmodified-Since decides before If-None-Match',
    { 'if-unmodified-since': 'BEFORE', 'if-none-match': 'ETAG' },
    412,
  ),
  row('13.2.2', '3: If-None-Match after If-Match held', { 'if-match': 'ETAG', 'if-none-match': 'ETAG' }, 304),
  row(
    '13.2.2',
    '4: with If-None-Match, If-Modified-Since is ignored',
    { 'if-none-match': OTHER, 'if-modified-since': 'AFTER' },
    200,
  ),
  row(
    '13.2.2',
    '5: If-Range comes last: 304 before it',
    { 'if-none-match': 'ETAG', range: RANGE, 'if-range': 'ETAG' },
    304,
  ),
  row('13.2.2', '5: 412 before the range', { 'if-match': OTHER, range: 'bytes=99-' }, 412),
  row('13.2.2', '5: the range after conditions that hold', { 'if-match': 'ETAG', range: RANGE }, 206, {
    range: '4-7',
    head: 200,
  }),
]
