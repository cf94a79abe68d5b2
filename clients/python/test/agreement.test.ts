/** The client and `openapi.json` say the same, and so do its two halves. */
import { execFile } from 'node:child_process'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { pythonClient, type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const run = promisify(execFile)

/** A tree with what the generator reads and writes, of which a test may change something. */
let folder: TemporaryFolder
beforeAll(async () => {
  folder = await temporaryFolder()
  await cp(join(ROOT, 'openapi.json'), join(folder.path, 'openapi.json'))
  for (const part of ['scripts', 'src']) {
    await cp(join(ROOT, 'clients/python', part), join(folder.path, 'clients/python', part), { recursive: true })
  }
})
afterAll(() => folder?.remove())

const check = () => run(process.execPath, [join(folder.path, 'clients/python/scripts/generate.mjs'), '--check'])

async function changed(path: string, change: (text: string) => string, work: () => Promise<unknown>) {
  const file = join(folder.path, path)
  const text = await readFile(file, 'utf8')
  await writeFile(file, change(text))
  try {
    await work()
  } finally {
    await writeFile(file, text)
  }
}

test('what is generated is that of the document', async () => {
  await check()
})

const CLIENT = 'clients/python/src/video_scraper'

test.each([
  ['openapi.json', '"operationId": "getStatus"', '"operationId": "getState"'],
  ['openapi.json', '"view_count": {', '"tomorrow": { "type": "string" }, "view_count": {'],
  [`${CLIENT}/_async/client.py`, 'timeout: float = 30.0', 'timeout: float = 31.0'],
  [`${CLIENT}/_sync/wait.py`, '_SILENCE_MAX: Final = 120.0', '_SILENCE_MAX: Final = 12.0'],
])('a change of %s is reported: %s', async (path, before, after) => {
  const change = (text: string) => {
    expect(text).toContain(before)
    return text.replace(before, after)
  }
  await changed(path, change, () => expect(check()).rejects.toThrow(/npm run openapi/))
})

const METHODS = `
import inspect, json
from video_scraper import AsyncVideoScraper, VideoScraper
from video_scraper.operations import OPERATIONS
public = lambda kind: sorted(name for name, _ in inspect.getmembers(kind, callable) if not name.startswith('_'))
print(json.dumps({'sync': public(VideoScraper), 'async': public(AsyncVideoScraper), 'operations': sorted(OPERATIONS)}))
`

test('every operation has a method in both clients, and api.md names it', async () => {
  const { stdout } = await run(pythonClient().python, ['-c', METHODS])
  const has = JSON.parse(stdout) as Record<'sync' | 'async' | 'operations', string[]>
  const document = JSON.parse(await readFile(join(ROOT, 'openapi.json'), 'utf8')) as {
    paths: Record<string, Record<string, { operationId?: string }>>
  }
  const ids = Object.values(document.paths).flatMap((item) => Object.values(item).map(({ operationId }) => operationId))
  const page = await readFile(join(ROOT, 'clients/python/api.md'), 'utf8')
  const rows = [...page.matchAll(/^\| `(\w+)` \| (.*?) \|/gm)]
  expect(rows.map(([, id]) => id).sort()).toEqual(ids.filter((id) => id !== undefined).sort())
  expect(has.operations).toEqual(rows.map(([, id]) => id).sort())
  for (const [, , methods = ''] of rows) {
    const names = [...methods.matchAll(/`(\w+)\(/g)].map(([, name]) => name)
    expect(names).not.toEqual([])
    for (const name of names) {
      expect(has.sync).toContain(name)
      expect(has.async).toContain(name)
    }
  }
  expect(has.async).toEqual(has.sync.map((name) => (name === 'close' ? 'aclose' : name)).sort())
})
