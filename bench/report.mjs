/** The table at the end: what was measured, against what, and whether the target was met. */

/**
 * A target as the table shows it and as it is checked. `bound` is one of `atMost`, `atLeast`, `below`.
 */
const bounds = {
  atMost: { sign: '≤', holds: (value, limit) => value <= limit },
  atLeast: { sign: '≥', holds: (value, limit) => value >= limit },
  below: { sign: '<', holds: (value, limit) => value < limit },
}

/** Rows are `{ measure, ours, peer, ratio, target: { bound, limit, value, unit } }`; `ratio` may be null. */
export function tableOf(rows) {
  const cells = rows.map(({ measure, ours, peer, ratio, target: { bound, limit, value, unit = '' } }) => {
    const { sign, holds } = bounds[bound]
    return [
      measure,
      ours,
      peer,
      ratio?.toFixed(2) ?? '–',
      `${sign} ${limit}${unit}`,
      holds(value, limit) ? 'met' : 'NOT MET',
    ]
  })
  const all = [['measure', 'ours', 'peer', 'ratio', 'target', 'met'], ...cells]
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)))
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [line(all[0]), rule, ...all.slice(1).map(line)].join('\n')
}

export const milliseconds = (value) => `${Math.round(value)} ms`
export const megabytesPerSecond = (value) => `${(value / 1e6).toFixed(1)} MB/s`
export const perSecond = (value) => `${Math.round(value)}/s`
export const megabytes = (value) => `${(value / 1e6).toFixed(0)} MB`
