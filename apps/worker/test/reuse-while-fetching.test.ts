/** A download that goes on while its answer is looked for: what stops it, and what is lost, slow or frozen meanwhile. */
import { expect, test } from '@jest/globals'
import { Stop } from '@video-scraper/core'
import { eventually } from '@video-scraper/testkit'
import type { ReuseCheck } from '../src/reuse-or-fetch.ts'
import { endless, FETCHED, fetching, IDENTITY, URL, useReuse } from './reuse-rig.ts'

const rig = useReuse()
const { ask, publish } = rig

test('a download is stopped once what it leads to is known, and the next is free', async () => {
  const known = await publish()
  const requested = { url: `${URL}?another=spelling`, options: { format_id: '22' } }
  const answer = await ask(requested, (look) => {
    look.onIdentity(IDENTITY)
    return endless(look)
  })
  expect(answer).toEqual({ known: [known] })
  expect(await ask(requested)).toEqual({ known: [known] })
})

test('a download that is done before the library has answered waits for the answer', async () => {
  const known = await publish()
  const answer = await ask({ options: { format_id: '22' } }, async (look) => {
    look.onIdentity(IDENTITY)
    await look.settled()
    return FETCHED
  })
  expect(answer).toEqual({ known: [known] })
})

test('another identity, or the same of another owner, is fetched', async () => {
  await publish()
  expect(await ask({ options: { format_id: '22' } }, fetching('b'.repeat(64)))).toBe(FETCHED)
  expect(await ask({ options: { format_id: '22' }, owner: 'somebody' }, fetching(IDENTITY))).toBe(FETCHED)
  expect(await ask({ fresh: true }, fetching(IDENTITY))).toBe(FETCHED)
})

test('a failure of what is not known is its own, and so is a stop of the job', async () => {
  await publish()
  const broken = new Error('broken')
  await expect(ask({ options: { format_id: '22' } }, () => Promise.reject(broken))).rejects.toBe(broken)
  const job = new AbortController()
  const stopped = ask({ options: { format_id: '22' }, signal: job.signal }, (look) => {
    look.onIdentity(IDENTITY)
    job.abort(new Stop('shutdown'))
    return endless(look)
  })
  await expect(stopped).rejects.toMatchObject({ reason: 'shutdown' })
})

test('with Redis frozen or gone the download goes on after a moment', async () => {
  await publish()
  rig.server.freeze()
  expect(await ask()).toBe(FETCHED)
  rig.server.thaw()
  await eventually(async () => 'known' in (await ask()))
  await rig.server.kill9()
  expect(await ask()).toBe(FETCHED)
  await rig.server.restart()
  // It kept nothing: what is lost is fetched.
  expect(await ask()).toBe(FETCHED)
})

test('reported twice what the address leads to, the first file that is found is the answer', async () => {
  const known = await publish()
  const other = 'b'.repeat(64)
  const both = async (look: ReuseCheck) => {
    look.onIdentity(IDENTITY)
    look.onIdentity(other)
    return endless(look)
  }
  expect(await ask({ url: `${URL}?again` }, both)).toEqual({ known: [known] })
  const reversed = async (look: ReuseCheck) => {
    look.onIdentity(other)
    look.onIdentity(IDENTITY)
    return endless(look)
  }
  expect(await ask({ url: `${URL}?once-more` }, reversed)).toEqual({ known: [known] })
})

test('a download is stopped for a known file with a reason of its own, which is no cancel', async () => {
  await publish()
  let reason: unknown
  await ask({ url: `${URL}?again` }, async (look) => {
    look.onIdentity(IDENTITY)
    return endless(look).catch((stop) => {
      reason = stop
      throw stop
    })
  })
  expect(reason).toMatchObject({ name: 'Stop', reason: 'answer_known' })
})
