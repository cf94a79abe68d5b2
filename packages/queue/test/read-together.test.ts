/** Reads of one turn of the event loop travel together, and no answer reaches somebody else. */
import { expect, test } from '@jest/globals'
import { readTogether } from '../src/reading/read-together.ts'

/** Answers each number with its double, and remembers who came together. */
function doubling(refused: number[] = []) {
  const runs: number[][] = []
  const double = readTogether(async (items: number[]) => {
    runs.push(items)
    if (items.some((item) => refused.includes(item))) throw new Error('refused')
    return items.map((item) => item * 2)
  })
  return { runs, double }
}

test('what is asked for in one turn is one call, and each gets its own answer', async () => {
  const { runs, double } = doubling()
  expect(await Promise.all([double(1), double(2), double(3)])).toEqual([2, 4, 6])
  expect(await double(4)).toBe(8)
  expect(runs).toEqual([[1, 2, 3], [4]])
})

test('a call that is full leaves at once, in order, and nothing is asked for twice', async () => {
  const { runs, double } = doubling()
  const items = Array.from({ length: 40 }, (_, at) => at)
  const answers = items.map(double)
  expect(runs.map(({ length }) => length)).toEqual([16, 16])
  expect(await Promise.all(answers)).toEqual(items.map((item) => item * 2))
  expect(runs.flat()).toEqual(items)
})

test('a call that fails fails for those who came together, and for nobody else', async () => {
  const { double } = doubling([3])
  const together = await Promise.allSettled(Array.from({ length: 20 }, (_, at) => double(at)))
  expect(together.map(({ status }) => status)).toEqual([
    ...Array<string>(16).fill('rejected'),
    ...Array<string>(4).fill('fulfilled'),
  ])
  expect(await double(5)).toBe(10)
})
