/** A worker whose channel cannot be reached works with the pinned yt-dlp, and what is decided by hand reaches it. */
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { eventually, readRuntime, type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'
import { run } from './run-program.ts'
import { type Surroundings, setTheScene, UNLIMITED } from './surroundings.ts'

const PROGRAM = fileURLToPath(new URL('../../apps/worker/dist/update-ytdlp.js', import.meta.url))
/** Nobody listens there. */
const INDEX = 'http://somebody:secret-of-the-index@127.0.0.1:9/simple/'
const LONG = { timeoutMs: 120_000 }

const runtime = readRuntime()
let updates: TemporaryFolder
let scene: Surroundings
beforeAll(async () => {
  updates = await temporaryFolder()
  // Jobs may have users of their own, who pass through it.
  chmodSync(updates.path, 0o711)
  scene = await setTheScene({ ...UNLIMITED, ...settings(), INFO_CACHE_SECONDS: '0' })
}, 150_000)
afterAll(async () => {
  await scene?.stop()
  await updates?.remove()
})

const settings = () => ({
  YTDLP_CHANNEL: 'stable',
  YTDLP_INDEX_URL: INDEX,
  YTDLP_UPDATES_DIR: updates.path,
})
const decide = (...words: string[]): Promise<string> =>
  run(process.execPath, [PROGRAM, ...words], {
    folder: updates.path,
    env: {
      ...settings(),
      PYTHON: runtime.python,
      YTDLP_HOME: runtime.ytdlp,
      FFMPEG: runtime.ffmpeg,
      FFPROBE: runtime.ffprobe,
      PIP_DEFAULT_TIMEOUT: '1',
    },
  })
const versionOfNextJob = async (): Promise<unknown> => {
  const { ytdlp_version } = await scene.client.ended(await scene.client.info(scene.site.url('/video.mp4')))
  return ytdlp_version
}

/** A newer version, as an installation leaves it; of this interpreter, which the folder's name tells. */
function layBeside(version: string, reported: string): void {
  const tag = /cpython-\d+/.exec(readdirSync(join(runtime.ytdlp, 'yt_dlp', '__pycache__')).join(' '))?.[0]
  const home = join(updates.path, `${version}-${tag}-${process.arch}`)
  mkdirSync(home)
  cpSync(runtime.ytdlp, home, { recursive: true })
  const file = join(home, 'yt_dlp', 'version.py')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/__version__ = '[^']+'/, `__version__ = '${reported}'`))
  for (const name of readdirSync(join(home, 'yt_dlp', '__pycache__')))
    if (name.startsWith('version.')) rmSync(join(home, 'yt_dlp', '__pycache__', name))
}

test('without the index jobs are done with the pinned version, and the command line says what is wrong', async () => {
  expect(await versionOfNextJob()).toBe(runtime.ytdlpVersion)
  const failure = await decide('update').catch((error: Error) => error.message)
  expect(failure).toMatch(/ended with 1/)
  expect(failure).not.toContain('secret-of-the-index')
  expect(await decide('status')).toMatch(/serving +the version of this release\n[\s\S]*trial +none/)
  await expect(decide('rollback')).rejects.toThrow(/nothing to go back from/)
  expect(scene.worker.output()).not.toContain('secret-of-the-index')
})

test('what is decided reaches a worker that runs, and one that starts', async () => {
  layBeside('2099.1.1', '2099.01.01')
  const state = { serving: '2099.1.1', before: null, trial: null, refused: [], looked: null }
  writeFileSync(join(updates.path, 'state.1.json'), JSON.stringify(state))
  await eventually(() => expect(scene.worker.output()).toContain('jobs are done with another version'), LONG)
  expect(await versionOfNextJob()).toBe('2099.01.01')
  await scene.worker.end('SIGTERM')
  const next = await scene.stack.startWorker()
  // A start waits for it only so long.
  await eventually(() => expect(next.output()).toContain('jobs are done with another version'), LONG)
  expect(await versionOfNextJob()).toBe('2099.01.01')

  expect(await decide('rollback')).toMatch(/^2099\.1\.1 is not used any more/)
  await eventually(() => expect(next.output()).toContain('"reason":"by_hand"'), LONG)
  await eventually(async () => expect(await versionOfNextJob()).toBe(runtime.ytdlpVersion), LONG)
  await eventually(async () => {
    const { body } = await scene.client.get('/api/status')
    expect(body.engine).toMatchObject({
      ytdlp_version: expect.stringMatching(/^2026/),
      updates: { channel: 'stable', last_refused: { version: '2099.1.1', reason: 'by_hand' }, look_failed: false },
    })
  }, LONG)
}, 300_000)
