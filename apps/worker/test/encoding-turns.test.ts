/** Whose turn it is to encode, and what becomes of those that wait. */
import { expect, test } from '@jest/globals'
import { Stop } from '@video-scraper/core'
import { createEncodingTurns } from '../src/transcoding/encoding-turns.ts'

const never = new AbortController().signal

/** Works that begin in their turn and end when a test ends them. */
function stage(atOnce: number) {
  const turns = createEncodingTurns(atOnce)
  const begun: string[] = []
  const ends = new Map<string, (error?: Error) => void>()
  const take = (name: string, signal = never) =>
    turns.take(signal, () => {
      begun.push(name)
      return new Promise<string>((resolve, reject) => {
        ends.set(name, (error) => (error ? reject(error) : resolve(name)))
      })
    })
  return { begun, take, end: (name: string, error?: Error) => ends.get(name)?.(error) }
}

test('so many at once, and the others in their order, also after one that failed', async () => {
  const { begun, take, end } = stage(2)
  const works = ['a', 'b', 'c', 'd'].map((name) => take(name))
  works[0]?.catch(() => undefined)
  await Promise.resolve()
  expect(begun).toEqual(['a', 'b'])
  end('a', new Error('failed'))
  await expect(works[0]).rejects.toThrow('failed')
  expect(begun).toEqual(['a', 'b', 'c'])
  end('b')
  await works[1]
  expect(begun).toEqual(['a', 'b', 'c', 'd'])
})

test('whoever is stopped while waiting leaves, and takes no turn from others', async () => {
  const { begun, take, end } = stage(1)
  const first = take('a')
  const stop = new AbortController()
  const second = take('b', stop.signal)
  const third = take('c')
  stop.abort(new Stop('cancelled'))
  await expect(second).rejects.toMatchObject({ reason: 'cancelled' })
  end('a')
  await first
  expect(begun).toEqual(['a', 'c'])
  end('c')
  await third
  const fourth = take('d')
  end('d')
  expect(await fourth).toBe('d')
})

test('a signal that is aborted already begins nothing', async () => {
  const { begun, take } = stage(1)
  await expect(take('a', AbortSignal.abort(new Stop('shutdown')))).rejects.toMatchObject({ reason: 'shutdown' })
  expect(begun).toEqual([])
})
