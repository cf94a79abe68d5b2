/** Which warnings a job tells that builds on what another one found out. */
import { expect, test } from '@jest/globals'
import type { JobProgress, WarningCode } from '@video-scraper/contracts'
import { hearWarnings, tellKept } from '../src/kept-warnings.ts'
import { AFTER_ENCODING, whileEncoding, whileFetching } from '../src/transcoding/shares-of-progress.ts'

const progress: JobProgress = {
  fraction: 0.5,
  phase: 'downloading',
  downloadedBytes: 1,
  totalBytes: 2,
  bytesPerSecond: 3,
  etaSeconds: 4,
  heartbeatAt: 5,
}
function reported() {
  const seen: JobProgress[] = []
  return { seen, report: (each: JobProgress) => void seen.push(each) }
}

test('warnings of what it builds on and its own are reported together, each once', () => {
  const { seen, report } = reported()
  const earlier: WarningCode[] = ['more_videos', 'formats_missing']
  const heard = hearWarnings(report, earlier)
  heard.report(progress)
  heard.report({ ...progress, warnings: ['formats_missing', 'container_changed'] })
  expect(seen).toEqual([
    { ...progress, warnings: earlier },
    { ...progress, warnings: [...earlier, 'container_changed'] },
  ])
  expect(heard.codes()).toEqual([...earlier, 'container_changed'])
})

test('what is found out afterwards is reported at once, with all that was reported before', () => {
  const { seen, report } = reported()
  const heard = hearWarnings(report, ['more_videos'])
  heard.report({ ...progress, warnings: ['container_changed'] })
  heard.add('stream_missing')
  expect(seen.at(-1)).toMatchObject({ warnings: ['more_videos', 'container_changed', 'stream_missing'] })
  expect(heard.codes()).toEqual(['more_videos', 'container_changed', 'stream_missing'])
})

test('what it was built on and led to nothing warns of nothing', () => {
  const { seen, report } = reported()
  const heard = hearWarnings(report, ['more_videos'])
  heard.report(progress)
  heard.forgetEarlier()
  heard.report({ ...progress, warnings: ['site_broken'] })
  heard.report(progress)
  expect(seen.slice(1)).toEqual([{ ...progress, warnings: ['site_broken'] }, progress])
  expect(heard.codes()).toEqual([])
})

test('a cached answer tells its warnings, and nothing where there are none', () => {
  const { seen, report } = reported()
  tellKept(report, {})
  tellKept(report, { warnings: [] })
  expect(seen).toEqual([])
  tellKept(report, { warnings: ['generic_extraction'] })
  expect(seen).toEqual([expect.objectContaining({ phase: 'finalizing', warnings: ['generic_extraction'] })])
})

test('encoding says how far it is, and forgets no warning for it', () => {
  const { seen, report } = reported()
  const heard = hearWarnings(report)
  heard.report({ ...whileFetching({ ...progress, fraction: 0.98, phase: 'finalizing' }), warnings: ['site_broken'] })
  heard.goesOn('processing')
  heard.goesOn('processing', whileEncoding({ fraction: 0.5, etaSeconds: 60 }))
  heard.goesOn('processing')
  heard.goesOn('finalizing', AFTER_ENCODING)
  expect(seen.map(({ fraction, phase, etaSeconds }) => [Number(fraction.toFixed(2)), phase, etaSeconds])).toEqual([
    [0.49, 'processing', null],
    [0.49, 'processing', null],
    [0.74, 'processing', 60],
    [0.74, 'processing', 60],
    [0.98, 'finalizing', null],
  ])
  expect(seen.map(({ warnings }) => warnings)).toEqual(Array(5).fill(['site_broken']))
})
