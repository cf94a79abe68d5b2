/** The watch over the jobs that expire: it goes on whatever a look meets, and says what it met. */
import { expect, test } from '@jest/globals'
import { watchDeadlines } from '@video-scraper/queue'
import { eventually } from '@video-scraper/testkit'
import { gate } from './scripted-task.ts'

const outage = new Error('Command timed out')
const NOTHING = { expired: 0, failures: [] }

function watching(looks: (() => Promise<typeof NOTHING>)[], firstAfterMs = 1) {
  const heard: { outages: string[]; log: object[]; atOnce: number; looks: number } = {
    outages: [],
    log: [],
    atOnce: 0,
    looks: 0,
  }
  const write = (fields: object, message: string) => void heard.log.push({ ...fields, message })
  const expireDue = async () => {
    heard.looks += 1
    heard.atOnce += 1
    expect(heard.atOnce).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 5))
    heard.atOnce -= 1
    return (looks.shift() ?? (async () => NOTHING))()
  }
  const onOutage = ({ message }: Error) => void heard.outages.push(message)
  const watch = watchDeadlines(
    { expireDue },
    { log: { info: write, error: write }, onOutage, everyMs: 1, firstAfterMs },
  )
  return { watch, heard }
}

test('one look at a time, also after one that failed, until it is stopped', async () => {
  const { watch, heard } = watching([() => Promise.reject(outage)])
  await eventually(() => expect(heard.looks).toBeGreaterThan(3))
  watch.stop()
  const seen = heard.looks
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(heard.looks).toBeLessThanOrEqual(seen)
  expect(heard).toMatchObject({ outages: [outage.message], log: [] })
})

test('only an outage of Redis is called one; what is wrong with one job is logged with its id, and how many expired once for each look', async () => {
  const wrong = new Error('WRONGTYPE Operation against a key holding the wrong kind of value')
  const failures = [
    { id: 'job-1', error: wrong },
    { id: 'job-2', error: outage },
  ]
  const { watch, heard } = watching([
    async () => ({ expired: 7, failures }) as unknown as typeof NOTHING,
    () => Promise.reject(wrong),
  ])
  await eventually(() => expect(heard.looks).toBeGreaterThan(3))
  watch.stop()
  expect(heard.outages).toEqual([outage.message])
  expect(heard.log).toMatchObject([
    { count: 7, message: 'jobs expired' },
    { jobId: 'job-1', err: wrong },
    { err: wrong },
  ])
})

test('nothing is said of a look that fails because it is stopped', async () => {
  const latch = gate()
  const { watch, heard } = watching([() => latch.opened.then(() => Promise.reject(outage))])
  await eventually(() => expect(heard.looks).toBe(1))
  watch.stop()
  latch.open()
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(heard).toMatchObject({ outages: [], log: [] })
})
