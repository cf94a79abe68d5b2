/** The delivery of a staged file: what is sent, and what is not. */
import { createHash } from 'node:crypto'
import { access, symlink, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { BodyFailed } from '@video-scraper/egress'
import { failureOfDelivery } from '../src/destination/delivery-failures.ts'
import { CONTENT, failure, useDeliveries } from './delivery-rig.ts'

const deliveries = useDeliveries()

test('the staged file is sent, and the record holds its digest before the attempt goes on', async () => {
  const { prepare, entry, staged } = await deliveries.setUp()
  expect(await prepare()).toBe(staged)
  expect(deliveries.store.sent).toMatchObject([{ path: '/a?sig=1', sha256: entry.sha256 }])
  expect(deliveries.reported().at(-1)).toMatchObject({ phase: 'finalizing', delivered: { sha256: entry.sha256 } })
})

test('what was delivered is not sent again, and the record goes on to say so; another file is', async () => {
  const at = 1_700_000_000_000
  const sha256 = createHash('sha256').update(CONTENT).digest('hex')
  await (await deliveries.setUp({ delivered: { at, sha256 } })).prepare()
  expect(deliveries.store.sent).toEqual([])
  expect(deliveries.reported().at(-1)).toMatchObject({ delivered: { at, sha256 } })
  await (await deliveries.setUp({ delivered: { at, sha256: 'f'.repeat(64) } })).prepare()
  expect(deliveries.store.sent).toMatchObject([{ sha256 }])
})

test.each(['a.mp4', ''])('an attempt that goes on after the verdict sends nothing (%j)', async (committed) => {
  await (await deliveries.setUp({ committed, known: 'other' })).prepare()
  expect(deliveries.store.sent).toEqual([])
})

test('a file that is not the one that was verified is never whole in the store, and goes', async () => {
  const { prepare, path, folder } = await deliveries.setUp()
  await writeFile(path, 'a virus')
  expect(await failure(prepare())).toMatchObject({ code: 'internal_error' })
  expect(deliveries.store.sent).toMatchObject([{ sha256: null }])
  await expect(access(folder)).rejects.toMatchObject({ code: 'ENOENT' })
})

test.each([
  ['damaged', 'a virus'],
  ['gone', null],
])('where the file of the library is %s, another one is fetched and sent', async (_, content) => {
  const { prepare, entry, staged } = await deliveries.setUp({ inLibrary: true })
  if (content !== null) await writeFile(join(deliveries.disk.path, 'library', entry.filename), content)
  expect(await prepare()).toBe(staged)
  expect(deliveries.store.sent.map(({ sha256 }) => sha256)).toEqual([...(content === null ? [] : [null]), entry.sha256])
})

test('a link in the place of the file is not followed, and goes', async () => {
  const { prepare, path, folder } = await deliveries.setUp()
  const secret = join(deliveries.disk.path, 'secret')
  await writeFile(secret, CONTENT)
  await unlink(path)
  await symlink(secret, path)
  expect(await failure(prepare())).toMatchObject({ code: 'internal_error', retryable: true })
  expect(deliveries.store.sent).toEqual([])
  await expect(access(folder)).rejects.toMatchObject({ code: 'ENOENT' })
})

test.each([
  ['by a key that is gone', { known: 'other' }],
  ['for somebody else', { sealedFor: 'somebody else' }],
])('an address that was sealed %s is not opened, and nothing is fetched', async (_, change) => {
  const { prepare, prepared } = await deliveries.setUp(change)
  expect(await failure(prepare())).toMatchObject({ code: 'delivery_failed', retryable: true })
  expect(prepared()).toBe(0)
  expect(deliveries.store.sent).toEqual([])
})

test('a file that cannot be read now stays, the fault is ours, and the log learns which one it is', async () => {
  const { prepare, staged, folder } = await deliveries.setUp()
  if ('staged' in staged && staged.staged[0]) staged.staged[0].path = join(folder, 'x'.repeat(300))
  const cause = { message: 'The file could not be read: Error ENAMETOOLONG' }
  expect(await failure(prepare())).toMatchObject({ code: 'internal_error', retryable: true, cause })
  await access(folder)
})

test('a fault of ours is no fault of the store, and its words stay out of the log', () => {
  const failed = failureOfDelivery(new TypeError('Invalid: http://store.example/?signature'))
  expect(failed).toMatchObject({ code: 'internal_error', cause: { message: 'The delivery failed: TypeError' } })
  expect(
    failureOfDelivery(new BodyFailed('x', { cause: Object.assign(new Error('secret'), { code: 'EIO' }) })),
  ).toMatchObject({
    code: 'internal_error',
    cause: { message: 'The file could not be read: Error EIO' },
  })
})
