/** What a job may have the worker find: values of the kinds in the table, of their form, some times in an hour, one at a time. */
import { expect, test } from '@jest/globals'
import { type KeptValuesOptions, keepValues, type ValuesOfJob, valuesForRunner } from '../src/values/kept-values.ts'
import { valueNames } from '../src/values/value-kinds.ts'
import { inPython } from './in-python.ts'

const NAME = 'soundcloud_client_id'
const idOf = (number: number): string => String(number).padStart(32, '0')
const NOTHING: ValuesOfJob = { [NAME]: null }

/** Finds another value each time. */
function countingValues(options: Partial<KeptValuesOptions> = {}) {
  let finds = 0
  const values = keepValues({
    find: async () => {
      finds += 1
      return idOf(finds)
    },
    ...options,
  })
  const miss = async (name: string, given = values.ofJob()): Promise<void> => {
    values.missed(name, given)
    await values.settled()
  }
  return { values, miss, finds: () => finds }
}

test('a value is found once, and again when it was refused or has grown old', async () => {
  let now = 0
  const { values, miss, finds } = countingValues({ now: () => now })
  expect(values.ofJob()).toEqual(NOTHING)
  await miss(NAME)
  expect(values.ofJob()).toEqual({ [NAME]: idOf(1) })
  // It began before the value was found.
  await miss(NAME, NOTHING)
  expect(finds()).toBe(1)
  await miss(NAME)
  expect(values.ofJob()).toEqual({ [NAME]: idOf(2) })
  now += 6 * 3_600_000
  expect(values.ofJob()).toEqual(NOTHING)
})

test.each(['toString', 'brightcove', '', '__proto__', `${NAME} `])(
  'nothing is found for %j, which is no kind',
  async (name) => {
    const { values, miss, finds } = countingValues()
    await miss(name)
    expect([finds(), values.ofJob()]).toEqual([0, NOTHING])
  },
)

test.each([
  ['nothing', ''],
  ['too much', 'a'.repeat(33)],
  ['far too much', 'a'.repeat(2 ** 20)],
  ['a letter of another kind', `${'a'.repeat(31)}&`],
  ['the end of a line', `${'a'.repeat(32)}\n`],
])('%s in the place of a value is not kept', async (_what, found) => {
  const { values, miss } = countingValues({ find: async () => found })
  await miss(NAME)
  expect(values.ofJob()).toEqual(NOTHING)
})

test('however often it is missed, it is looked for a dozen times in an hour, once at a time, and not after the end', async () => {
  let now = 0
  const { values, miss, finds } = countingValues({ now: () => now })
  values.missed(NAME, NOTHING)
  values.missed(NAME, NOTHING)
  await values.settled()
  expect(finds()).toBe(1)
  for (let job = 0; job < 30; job += 1) await miss(NAME)
  expect(finds()).toBe(12)
  now += 3_600_001
  await miss(NAME)
  expect(finds()).toBe(13)
  await values.close()
  await miss(NAME)
  expect(finds()).toBe(13)
})

test('a value that the site gives again is not looked for within ten minutes, whatever jobs had refused', async () => {
  let now = 0
  let finds = 0
  const find = async (): Promise<string> => {
    finds += 1
    return idOf(1)
  }
  const { miss } = countingValues({ find, now: () => now })
  for (let job = 0; job < 5; job += 1) await miss(NAME)
  expect(finds).toBe(2)
  now += 600_001
  await miss(NAME)
  expect(finds).toBe(3)
})

test('a value stays known while the site cannot be asked for another one', async () => {
  let works = true
  const find = async (): Promise<string> => {
    if (works) return idOf(1)
    throw new Error('The site does not answer.')
  }
  const { values, miss } = countingValues({ find })
  await miss(NAME)
  works = false
  await miss(NAME)
  expect(values.ofJob()).toEqual({ [NAME]: idOf(1) })
})

test('a job reads what is kept under the name of its kind alone, and says once what it had to find, but not what it found', async () => {
  const kept = valuesForRunner({ [NAME]: idOf(1) })
  expect(kept).toHaveLength(valueNames.length)
  const answer = await inPython(
    { kept },
    'from kept_values import KeptValues',
    'class Events:',
    '    def __init__(self): self.said = []',
    '    def emit(self, event, **fields): self.said.append([event, fields])',
    'events = Events()',
    "values = KeptValues(given['kept'], events)",
    "read = [values.load(*name) for name in (('soundcloud', 'client_id'), ('soundcloud', 'other'), ('wykop', 'client_id'))]",
    "for found in (None, 'planted', 'again'): values.store('soundcloud', 'client_id', found)",
    "values.store('wykop', 'bearer', 'planted')",
    "answer = [read, values.load('soundcloud', 'client_id'), events.said]",
  )
  expect(answer).toEqual([[idOf(1), null, null], idOf(1), [['missed', { kind: NAME }]]])
}, 20_000)
