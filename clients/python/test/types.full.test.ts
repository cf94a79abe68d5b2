/** The types hold: mypy and pyright, both strict, find nothing in the client, its examples and a program that uses it. */
import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { pythonClient, type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const run = promisify(execFile)
const { python } = pythonClient()

/** What a type checker has to know: states are distinguished, words are open, what is mistyped is found. */
const PROGRAM = `
from video_scraper import AsyncVideoScraper, JobFailedError, VideoScraper, operations
from video_scraper.schemas import DownloadCompleted

def name(client: VideoScraper, identifier: str) -> str:
    job = client.get_download(identifier)
    if job.status == "completed":
        done: DownloadCompleted = job
        return done.filename
    if job.status == "failed":
        raise JobFailedError(job)
    client.start_download("https://video.example/1", {"quality": "a word of tomorrow", "subtitles": {"languages": ["de"]}})
    print(client.call("getInfoJob", path={"job_id": identifier}).data.status)
    return client.call(operations.GET_STATUS).data.version

async def titles(client: AsyncVideoScraper) -> list[str]:
    async with client.fetch_file("a.mp4") as response:
        print(response.status_code)
    return [each.filename async for each in client.downloads({"role": "media"})]
`

/** Each line has one mistake, which both have to find. */
const MISTAKES = `
from video_scraper import VideoScraper
client = VideoScraper()
client.get_download("a").filename
client.get_status().versoin
client.start_download("a", {"qualty": "720p"})
client.start_download("a", timeuot=3)
client.list_jobs({"limit": "ten"})
`.trim()

let folder: TemporaryFolder
beforeAll(async () => {
  folder = await temporaryFolder()
  await mkdir(join(folder.path, 'cache'))
  await writeFile(join(folder.path, 'program.py'), PROGRAM)
  await writeFile(join(folder.path, 'mistakes.py'), MISTAKES)
  const project = { typeCheckingMode: 'strict', pythonVersion: '3.10' }
  await writeFile(join(folder.path, 'pyrightconfig.json'), JSON.stringify(project))
})
afterAll(() => folder?.remove())

type Outcome = { stdout: string; code?: number }
const outcomeOf = (program: string, argv: string[], cwd: string): Promise<Outcome> =>
  run(program, argv, { cwd }).catch((error: Outcome) => error)

const mypy = (argv: string[], cwd: string) =>
  outcomeOf(python, ['-m', 'mypy', '--cache-dir', join(folder.path, 'cache'), ...argv], cwd)
const PYRIGHT = join(ROOT, 'node_modules/pyright/index.js')
const pyright = (argv: string[], cwd: string) =>
  outcomeOf(process.execPath, [PYRIGHT, '--pythonpath', python, ...argv], cwd)

/** The lines of `mistakes.py` in which something was found. */
const lines = (text: string) =>
  [...new Set([...text.matchAll(/mistakes\.py:(\d+)[^\n]*error/g)].map(([, line]) => Number(line)))].sort()

test('mypy', async () => {
  expect((await mypy([], ROOT)).stdout).toMatch(/^Success/)
  expect((await mypy(['--strict', join(ROOT, 'examples'), 'program.py'], folder.path)).stdout).toMatch(/^Success/)
  expect(lines((await mypy(['--strict', 'mistakes.py'], folder.path)).stdout)).toEqual([3, 4, 5, 6, 7])
}, 180_000)

test('pyright', async () => {
  expect((await pyright([], ROOT)).stdout).toContain('0 errors, 0 warnings')
  expect((await pyright(['program.py'], folder.path)).stdout).toContain('0 errors, 0 warnings')
  expect(lines((await pyright(['mistakes.py'], folder.path)).stdout)).toEqual([3, 4, 5, 6, 7])
}, 180_000)
