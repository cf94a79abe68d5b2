/** What is decided about versions of yt-dlp: by whom it may be decided at once, and what each decision leads to. */
import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { temporaryFolder } from '@video-scraper/testkit'
import { beginTrial, isRefused, looked, refuse, rollBack, serve } from '../src/updates/decisions.ts'
import { isWanted } from '../src/updates/look-for-newer.ts'
import { startTrial } from '../src/updates/trial.ts'
import { NOTHING_DECIDED, updateStatesIn } from '../src/updates/update-state.ts'
import { compareVersions, normalVersion } from '../src/updates/ytdlp-version.ts'

test('versions are distinguished by their dates, however they are spelled', () => {
  expect(normalVersion('2026.08.19')).toBe('2026.8.19')
  expect(normalVersion('2026.10.26.220202dev')).toBe('2026.10.26.220202.dev0')
  expect(normalVersion('2026.10.26.220202.dev0')).toBe('2026.10.26.220202.dev0')
  for (const text of ['', '1.2', '../2026.10.26', '2026.10.26/x', '2026.10.26\n'])
    expect(normalVersion(text)).toBeNull()
  const ordered = ['2026.8.19', '2026.10.26', '2026.10.26.220202.dev0', '2026.11.1.1.dev0', '2026.11.1.1', '2027.1.1']
  const shuffled = [...ordered].reverse().sort(compareVersions)
  expect(shuffled).toEqual(ordered)
})

test('a trial that is good serves, what served before is known, and going back refuses it', () => {
  const trying = beginTrial('2', 5)(NOTHING_DECIDED) ?? NOTHING_DECIDED
  expect(trying).toMatchObject({ serving: null, trial: { version: '2', since: 5 } })
  const serving = serve('2')(trying) ?? NOTHING_DECIDED
  expect(serving).toMatchObject({ serving: '2', before: null, trial: null })
  const next = serve('3')(serving) ?? NOTHING_DECIDED
  const back = rollBack(9)(next) ?? NOTHING_DECIDED
  expect(back).toMatchObject({ serving: '2', refused: [{ version: '3', reason: 'by_hand', at: 9 }] })
  const further = rollBack(10)(back) ?? NOTHING_DECIDED
  expect(further).toMatchObject({ serving: null })
  expect(rollBack(11)(further)).toBeNull()
  expect(isRefused(further, '3')).toBe(true)
})

test('going back ends a trial first, and never leads to what was refused', () => {
  const both = beginTrial('3', 1)(serve('2')(NOTHING_DECIDED) ?? NOTHING_DECIDED) ?? NOTHING_DECIDED
  expect(rollBack(2)(both)).toMatchObject({ serving: '2', trial: null, refused: [{ version: '3' }] })
  const third = serve('3')(serve('2')(NOTHING_DECIDED) ?? NOTHING_DECIDED) ?? NOTHING_DECIDED
  const refused = refuse('2', 'self_check_failed', 1)(third) ?? NOTHING_DECIDED
  expect(refuse('3', 'self_check_failed', 2)(refused)).toMatchObject({ serving: null })
})

test('many who decide at once all come to their turn, and nothing of it is lost', async () => {
  const folder = await temporaryFolder()
  try {
    const names = Array.from({ length: 20 }, (_, index) => `2026.1.${index}`)
    await Promise.all(
      names.map((name) => updateStatesIn(join(folder.path, 'x')).change(refuse(name, 'broke_more_often', 1))),
    )
    const states = updateStatesIn(join(folder.path, 'x'))
    const { refused } = await states.read()
    expect(refused.map(({ version }) => version).sort()).toEqual([...names].sort())
    const hoursAgo = new Date(Date.now() - 2 * 3_600_000)
    for (const name of readdirSync(join(folder.path, 'x'))) utimesSync(join(folder.path, 'x', name), hoursAgo, hoursAgo)
    await states.change(looked(7, 'it is away'))
    expect(readdirSync(join(folder.path, 'x')).length).toBeLessThanOrEqual(5)
    expect((await states.read()).looked).toEqual({ at: 7, problem: 'it is away' })
  } finally {
    await folder.remove()
  }
})

test('a file that holds no state is none', async () => {
  const folder = await temporaryFolder()
  try {
    const states = updateStatesIn(folder.path)
    expect(await states.read()).toEqual(NOTHING_DECIDED)
    for (const text of ['{"serving":', '{"serving":3}', '[]']) {
      writeFileSync(join(folder.path, 'state.7.json'), text)
      expect(await states.read()).toEqual(NOTHING_DECIDED)
    }
    await states.change(serve('2'))
    expect(readdirSync(folder.path).sort()).toContain('state.8.json')
    expect((await states.read()).serving).toBe('2')
  } finally {
    await folder.remove()
  }
})

test('what cannot be read is not decided anew', async () => {
  const folder = await temporaryFolder()
  try {
    const states = updateStatesIn(folder.path)
    await states.change(serve('2'))
    // Whoever runs the tests may be root, who reads everything; but nobody reads a folder as a file.
    mkdirSync(join(folder.path, 'state.2.json'))
    await expect(states.read()).rejects.toMatchObject({ code: 'EISDIR' })
    await expect(states.change(serve('3'))).rejects.toMatchObject({ code: 'EISDIR' })
    rmSync(join(folder.path, 'state.2.json'), { recursive: true })
    expect((await states.read()).serving).toBe('2')
    writeFileSync(join(folder.path, 'file'), '')
    await expect(updateStatesIn(join(folder.path, 'file')).read()).rejects.toMatchObject({ code: 'ENOTDIR' })
  } finally {
    await folder.remove()
  }
})

test('a newer version is tried, but not beside a trial, and no trial stands in its way for ever', () => {
  const [pinnedVersion, nowMs, day] = ['2026.5.1', 1_000_000_000_000, 24 * 3_600_000]
  const wanted = (newest: string, changes: object) =>
    isWanted(newest, { ...NOTHING_DECIDED, ...changes }, { pinnedVersion, nowMs })
  const trialOf = (version: string, days: number) => ({ trial: { version, since: nowMs - days * day } })
  expect(wanted('2026.5.1', {})).toBe(false)
  expect(wanted('2026.6.1', {})).toBe(true)
  expect(wanted('2026.6.1', { serving: '2026.6.1' })).toBe(false)
  expect(wanted('2026.6.1', { serving: '2026.7.1' })).toBe(false)
  expect(wanted('2026.7.1', { serving: '2026.6.1' })).toBe(true)
  expect(wanted('2026.6.1', { refused: [{ version: '2026.6.1', reason: 'by_hand', at: 1 }] })).toBe(false)
  expect(wanted('2026.7.1', trialOf('2026.6.1', 2))).toBe(false)
  // Nobody tries what is not newer than the pinned one.
  expect(wanted('2026.7.1', trialOf('2026.5.1', 0))).toBe(true)
  expect(wanted('2026.7.1', trialOf('2026.6.1', 3))).toBe(true)
  expect(wanted('2026.6.1', trialOf('2026.6.1', 3))).toBe(false)
})

test('there is a verdict after 30 jobs of 3 sites', () => {
  const url = (index: number, sites: number) => `https://${index % 2 ? 'www.' : ''}site${index % sites}.test/video`
  const trialOf = ({ jobs = 30, sites = 3, broken = 0, alsoBefore = 0 }) => {
    const trial = startTrial(1_000)
    for (let index = 0; index < jobs; index++) {
      trial.note({ url: url(index, sites), broken: index < broken, alsoBefore: index < alsoBefore })
    }
    return trial
  }
  expect(trialOf({}).verdict(2_000)).toBe('better')
  expect(trialOf({ jobs: 29, broken: 29 }).verdict(2_000)).toBeNull()
  expect(trialOf({ jobs: 90, sites: 2, broken: 90 }).verdict(2_000)).toBeNull()
  // Where both break, the source is at fault.
  expect(trialOf({ broken: 4, alsoBefore: 4 }).verdict(2_000)).toBe('better')
  // One child that was killed for its memory, or two, is no reason; three of one site are not, either.
  expect(trialOf({ broken: 4, alsoBefore: 2 }).verdict(2_000)).toBe('better')
  expect(trialOf({ broken: 4, alsoBefore: 1 }).verdict(2_000)).toBe('worse')
  const ofOneSite = trialOf({})
  for (let index = 0; index < 9; index++)
    ofOneSite.note({ url: 'https://hostile.test/', broken: true, alsoBefore: false })
  expect(ofOneSite.verdict(2_000)).toBe('better')
  ofOneSite.note({ url: 'https://another.test/', broken: true, alsoBefore: false })
  expect(ofOneSite.verdict(2_000)).toBe('worse')
})

test('after a day few jobs are enough, but one at least, and none that only the new one broke', () => {
  const afterADay = 1_000 + 24 * 3_600_000
  const trialOf = (...ends: { broken: boolean; alsoBefore: boolean }[]) => {
    const trial = startTrial(1_000)
    ends.forEach((end, index) => void trial.note({ url: `https://site${index}.test/`, ...end }))
    return trial
  }
  const [good, worse, both] = [
    { broken: false, alsoBefore: false },
    { broken: true, alsoBefore: false },
    { broken: true, alsoBefore: true },
  ]
  expect(trialOf().verdict(afterADay)).toBeNull()
  expect(trialOf(good).verdict(afterADay - 1)).toBeNull()
  expect(trialOf(good).verdict(afterADay)).toBe('better')
  expect(trialOf(good, both).verdict(afterADay)).toBe('better')
  expect(trialOf(good, worse).verdict(afterADay)).toBeNull()
  expect(trialOf(worse, worse, worse).verdict(afterADay)).toBe('worse')
})
