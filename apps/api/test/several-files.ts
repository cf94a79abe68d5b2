/** A completed download of several files, for the tests of what is done with them. */
import { downloadResult, type FileEntry } from '@video-scraper/contracts'
import type { ApiRig, Gateway } from './api-rig.ts'
import { downloadId, publishFile } from './trivial-worker.ts'

export const VTT = 'WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n'

/** A completed download with media, subtitle and picture, as its worker leaves it. */
export async function downloaded(rig: ApiRig, gateway: Gateway, owner = 'anonymous') {
  const id = downloadId('d')
  const digits = id.slice('download_'.length)
  const other = (name: string, change: Partial<FileEntry> & { content: Buffer }) =>
    publishFile(rig, { jobId: id, owner, filename: `a-video-${digits}-${name}`, durationSeconds: null, ...change })
  const subtitle = await other('2-subtitle.vtt', {
    ...{ content: Buffer.from(VTT), mediaType: 'text/vtt', role: 'subtitle', language: 'en' },
  })
  const thumbnail = await other('3-thumbnail.jpg', {
    ...{ content: Buffer.from([0xff, 0xd8, 0xff]), mediaType: 'image/jpeg', role: 'thumbnail' },
  })
  const otherFiles = [subtitle.filename, thumbnail.filename]
  const media = await publishFile(rig, { jobId: id, owner, filename: `a-video-${digits}.mp4`, otherFiles })
  const envelope = { version: 1, kind: 'download', owner, limitSubject: 'x', url: media.sourceUrl }
  const data = JSON.stringify({ ...envelope, formatId: null, requestId: 'request-1', retryOf: null })
  const times = { timestamp: Date.now(), finishedOn: Date.now() }
  const returnvalue = JSON.stringify(downloadResult(media, [subtitle, thumbnail]))
  const redis = await rig.workerConnection()
  await redis.hset(`{video-scraper}:download:${id}`, { data, ...times, returnvalue })
  const status = async () => (await gateway.get(`/api/video-scraper/status/${id}`)).json()
  return { id, media, subtitle, thumbnail, status }
}
