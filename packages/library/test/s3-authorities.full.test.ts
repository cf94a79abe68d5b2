/** A bucket whose certificate comes from the operator's own authority is reached where that one is named, and not otherwise. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import {
  createCertificateAuthority,
  type DisposableS3,
  startS3,
  startTlsFront,
  type TlsFront,
} from '@video-scraper/testkit'
import { openS3Library } from '../src/s3/s3-library.ts'
import { settingsOf } from './homes.ts'

const authority = createCertificateAuthority()
let server: DisposableS3
let front: TlsFront
beforeAll(async () => {
  server = await startS3()
  const to = Number(new URL(server.endpoint).port)
  front = await startTlsFront({ identity: authority.issue({ name: 'localhost' }), to })
})
afterAll(async () => {
  await front?.stop()
  await server?.stop()
})

const open = (certificateAuthorities?: readonly string[]) =>
  openS3Library({
    settings: {
      ...settingsOf(server, 'secure/'),
      endpoint: `https://localhost:${front.port}`,
      certificateAuthorities,
    },
  })

test('with its authority the bucket is used over TLS', async () => {
  const library = await open([authority.cert])
  expect(await library.open('nothing.mp4')).toBeNull()
})

test('without it the bucket is refused by its certificate', async () => {
  await expect(open()).rejects.toThrow(/cannot be used/)
})
