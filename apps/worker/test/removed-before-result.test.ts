/** A worker dies between publishing a file and saying so, and the file is removed before the next attempt. */
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { openLocalLibrary } from '@video-scraper/library'
import type { RunningJob } from '@video-scraper/queue'
import { connectRedis, createFileIndex } from '@video-scraper/store'
import { startRedis, temporaryFolder } from '@video-scraper/testkit'
import { downloadVideo } from '../src/tasks/download-video.ts'
import { openWorkFolders } from '../src/work-folders.ts'
import { videoEntry } from './video-entry.ts'

const JOB_ID = `download_${'1'.repeat(32)}`
const OWNER = 'anonymous'
const URL = 'http://example.com/video'
const CONTENT = 'a video'

test('the download completes with what it was, and the file stays gone', async () => {
  const [server, disk] = [await startRedis(), await temporaryFolder()]
  const redis = connectRedis(server.url, 'worker', () => undefined)
  try {
    const directory = join(disk.path, 'library')
    const [library, folders] = [await openLocalLibrary({ directory }), await openWorkFolders(join(disk.path, 'work'))]
    const files = createFileIndex(redis)
    // What has been staged needs none of the dependencies in which it is fetched.
    const dependencies = { library, folders, files } as unknown as Parameters<typeof downloadVideo>[0]
    const task = downloadVideo(dependencies)
    const envelope = { version: 1, kind: 'download', owner: OWNER, limitSubject: '192.0.2.1', url: URL } as const
    const job: RunningJob = {
      id: JOB_ID,
      envelope: { ...envelope, options: {}, requestId: 'request', retryOf: null },
      attempt: 1,
      committed: null,
      delivered: undefined,
      report: () => undefined,
      reportNow: async () => undefined,
      withoutClock: (work) => work(),
    }
    const attempt = async () => task.publish(job, await task.prepare(job, new AbortController().signal))

    const folder = await folders.open(JOB_ID)
    const path = join(folder, 'media.mp4')
    await writeFile(path, CONTENT)
    const entry = videoEntry({ jobId: JOB_ID, content: CONTENT })
    await library.stage([{ folder, path, entry }])
    expect(await attempt()).toEqual(entry)
    expect(await attempt()).toEqual(entry)
    expect(await files.find(entry.filename)).toEqual(entry)

    // An attempt on a machine without the work folder, after Redis was full between the rename and the index.
    await folders.remove(JOB_ID)
    await files.forget(entry.filename, OWNER)
    const elsewhere: RunningJob = { ...job, committed: entry.filename }
    const prepared = await task.prepare(elsewhere, new AbortController().signal)
    expect(task.publicationOf?.(prepared)).toBe(entry.filename)
    expect(await task.publish(elsewhere, prepared)).toEqual(entry)
    expect(await files.find(entry.filename)).toEqual(entry)

    await writeFile(join(await folders.open(JOB_ID), 'media.mp4'), CONTENT)
    await library.stage([{ folder, path, entry }])
    expect(await attempt()).toEqual(entry)
    await library.remove(entry.filename)
    await files.forget(entry.filename, OWNER)
    expect(await attempt()).toEqual(entry)
    expect(await files.find(entry.filename)).toBeNull()
    expect(await readdir(directory)).toEqual([])
  } finally {
    redis.disconnect()
    await server.stop()
    await disk.remove()
  }
})
