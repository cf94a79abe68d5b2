import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { abortUploadUntilGone } from '../src/s3/abort-upload.ts'
import { type Bucket, openBucket } from '../src/s3/s3-bucket.ts'

const GONE = '<?xml version="1.0"?><Error><Code>NoSuchUpload</Code><Message>It is not there.</Message></Error>'

let close: (() => Promise<unknown>) | undefined
afterEach(() => close?.())

/** A bucket of a store that answers one request to abort after the other with these statuses, and how many it was sent. */
async function storeThatAnswers(statuses: readonly number[]): Promise<{ bucket: Bucket; asked: () => number }> {
  let asked = 0
  const server = createServer((request, response) => {
    request.resume()
    const status = statuses[asked++] ?? 404
    response.writeHead(status, { 'content-type': 'application/xml' }).end(status === 404 ? GONE : '')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const bucket = openBucket({
    bucket: 'videos',
    prefix: '',
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    publicEndpoint: '',
    accessKeyId: 'key',
    secretAccessKey: 'secret',
    forcePathStyle: true,
  })
  close = async () => {
    bucket.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { bucket, asked: () => asked }
}

test('an upload is aborted until the store does not know it, since a part on its way may outlive one request', async () => {
  const { bucket, asked } = await storeThatAnswers([204, 204])
  await abortUploadUntilGone(bucket, 'video.mp4', 'upload')
  expect(asked()).toBe(3)
})

test('a store that refuses once is asked again', async () => {
  const { bucket, asked } = await storeThatAnswers([409])
  await abortUploadUntilGone(bucket, 'video.mp4', 'upload')
  expect(asked()).toBe(2)
})

test('a store that always refuses makes it reject', async () => {
  const { bucket, asked } = await storeThatAnswers([409, 409, 409])
  await expect(abortUploadUntilGone(bucket, 'video.mp4', 'upload')).rejects.toThrow()
  expect(asked()).toBe(3)
})
