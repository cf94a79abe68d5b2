import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from '@jest/globals'
import { signalWithTimeout } from '@video-scraper/core'

const collectGarbage = (() => {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
})()

test('the time limit holds although nobody keeps it, and memory is collected meanwhile', async () => {
  const caller = new AbortController()
  const both = signalWithTimeout(caller.signal, 300)
  collectGarbage()
  await new Promise((resolve) => setTimeout(resolve, 50))
  collectGarbage()
  await new Promise((resolve) => setTimeout(resolve, 600))
  expect(both.aborted).toBe(true)
  expect(both.reason).toMatchObject({ name: 'TimeoutError' })
})

test("the caller's abort comes through with its reason", () => {
  const caller = new AbortController()
  const both = signalWithTimeout(caller.signal, 60_000)
  caller.abort(new Error('enough'))
  expect(both.reason).toMatchObject({ message: 'enough' })
})

test('without a caller there is the time limit alone', async () => {
  const limit = signalWithTimeout(undefined, 20)
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(limit.aborted).toBe(true)
})
