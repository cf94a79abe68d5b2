/** What is decided about versions of yt-dlp: by whom it may be decided at once, and what each decision leads to. */
import { readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { temporaryFolder } from '@video-scraper/testkit'
import { beginTrial, isRefused, looked, refuse, rollBack, serve } from '../src/updates/decisions.ts'
import { startTrial } from '../src/updates/trial.ts'
import { NOTHING_DECIDED, updateStatesIn } from '../src/updates/update-state.ts'
import { compareVersions, normalVersion } from '../src/updates/ytdlp-version.ts'

test('versions are told apart by their dates, however they are spelled', () => {
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

test('a state that cannot be read is none', async () => {
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

test('there is a verdict after 30 jobs of 3 sites, or a day', () => {
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
  expect(trialOf({ broken: 1 }).verdict(2_000)).toBe('worse')
  // Where both break, the source is at fault.
  expect(trialOf({ broken: 4, alsoBefore: 4 }).verdict(2_000)).toBe('better')
  expect(trialOf({ broken: 4, alsoBefore: 3 }).verdict(2_000)).toBe('worse')
  const day = 24 * 3_600_000
  expect(trialOf({ jobs: 0 }).verdict(999 + day)).toBeNull()
  expect(trialOf({ jobs: 0 }).verdict(1_000 + day)).toBe('better')
  expect(trialOf({ jobs: 2, broken: 1 }).verdict(1_000 + day)).toBe('worse')
})
