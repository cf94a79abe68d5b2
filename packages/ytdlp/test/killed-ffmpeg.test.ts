/** An ffmpeg that is killed before its first word: the failure has its own name, and a retry saves the download. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { JobFailure } from '@video-scraper/core'
import { readRuntime } from '@video-scraper/testkit'
import { type Stage, startStage, streamsOf } from './stage.ts'

jest.setTimeout(60_000)

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

/** Stands in front of the real ffmpeg, and dies of the signal when it is to put a file together. */
async function dyingFfmpeg(signal: string): Promise<string> {
  const { folder } = await stage.job()
  const runtime = readRuntime()
  for (const name of ['ffmpeg', 'ffprobe'] as const) {
    const script = [
      `#!${stage.options.python} -IS`,
      'import os, signal, sys',
      "asked = {'-bsfs', '-version'} & set(sys.argv)",
      `asked or os.kill(os.getpid(), signal.${signal})`,
      `os.execv('${runtime[name]}', ['${name}', *sys.argv[1:]])`,
    ]
    await writeFile(join(folder, name), `${script.join('\n')}\n`, { mode: 0o700 })
  }
  return folder
}

test.each(['SIGKILL', 'SIGTERM', 'SIGSEGV'])(
  '%s: the parts could not be put together, and are kept',
  async (signal) => {
    const engine = stage.engineWith({ ffmpegLocation: await dyingFfmpeg(signal) })
    const job = await stage.job()
    const request = { url: stage.site.url('/dash/manifest.mpd'), options: {} }
    const failure = await engine.download(request, job).then(
      () => null,
      (error: unknown) => error,
    )
    expect(failure).toBeInstanceOf(JobFailure)
    expect(failure).toMatchObject({ code: 'postprocessing_failed', retryable: true })
    const media = await stage.engine.download(request, job)
    expect((await streamsOf(media.path)).length).toBeGreaterThan(0)
  },
)
