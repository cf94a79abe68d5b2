/** kill -9 of the worker while a video is encoded: the download goes on, fetches nothing again, and has one whole file. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import { eventually, processesMentioning } from '@video-scraper/testkit'
import { codesOf, LIMIT, useEncoding } from './transcode-scene.ts'

jest.setTimeout(240_000)

const encoding = useEncoding()
const { begin, encoded, isEncoding } = encoding

test('a worker that is killed while it encodes: the job goes on, fetches nothing again, and has one whole file', async () => {
  const id = await begin('killed')
  await eventually(() => isEncoding(id), LIMIT)
  await encoding.scene().worker.end('SIGKILL')
  await eventually(() => processesMentioning(id).length === 0)
  expect((await encoded(id)).every((name) => name.includes('.draft.'))).toBe(true)
  const fetched = encoding.scene().site.requests('/long/mpeg4.mp4').length
  await encoding.scene().stack.startWorker()
  const download = await encoding.scene().client.ended(id, 180_000)
  expect(download).toMatchObject({ status: 'completed', media_type: 'video/mp4' })
  expect(codesOf(download)).toContain('video_transcoded')
  expect(encoding.scene().site.requests('/long/mpeg4.mp4')).toHaveLength(fetched)
  expect(download.files).toHaveLength(1)
  const reply = await fetch(`${encoding.scene().gateway.origin}${download.download_url}`)
  const bytes = Buffer.from(await reply.arrayBuffer())
  expect([reply.status, bytes.length]).toEqual([200, Number(download.size_bytes)])
  expect(await readdir(join(encoding.scene().stack.dataDir, 'work'))).not.toContain(id)
})
