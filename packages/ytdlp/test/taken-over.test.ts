/** What a yt-dlp that a source has taken over can still do: hostile code in its place, inside the real sandbox. */
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { folderUse } from '@video-scraper/sandbox'
import { processesMentioning, readRuntime } from '@video-scraper/testkit'
import type { Engine, JobContext } from '../src/index.ts'
import { type Stage, startStage } from './stage.ts'

jest.setTimeout(120_000)
const MIB = 2 ** 20
const REAL = readRuntime().ytdlp

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

interface TakenOver {
  readonly engine: Engine
  readonly home: string
  readonly job: JobContext
  readonly records: Buffer[]
}

/** An engine whose yt-dlp is the real one, but for these lines of Python, which run first in every job. */
async function takenOver(...lines: string[]): Promise<TakenOver> {
  const job = await stage.job()
  const home = join(job.folder, '..', `home of ${job.jobId}`)
  await mkdir(join(home, 'yt_dlp'), { recursive: true })
  const link = async (folder: string, without: string) => {
    for (const name of await readdir(join(REAL, folder))) {
      if (name !== without && name !== '__pycache__') await symlink(join(REAL, folder, name), join(home, folder, name))
    }
  }
  await link('', 'yt_dlp')
  await link('yt_dlp', 'version.py')
  const said = [
    'import json, mmap, os, time',
    'def say(event, **fields): ',
    "  line = json.dumps({'event': event, **fields}).encode() + b'\\n'",
    '  while line: line = line[os.write(3, line):]',
    ...lines,
    "say('end', code=0)",
    'os._exit(0)',
  ]
  await writeFile(join(home, 'yt_dlp', 'version.py'), `${said.join('\n')}\n`)
  const both = { cpuSeconds: 20, memoryBytes: 200 * MIB }
  const engine = stage.engineWith({ home, limits: { info: both, download: both } })
  return { engine, home, job, records: [] }
}

const VIDEO = "{'title': 't', 'formats': [{'format_id': 'a', 'protocol': 'http', 'ext': 'mp4'}], 'description': '%s'}"
const look = ({ engine, job, records }: Omit<TakenOver, 'home'>) =>
  engine.extractInfo({ url: stage.site.url('/jsonld'), onRecord: (record) => records.push(record) }, job)

test('the code of the tests is in the place of yt-dlp, and is heard', async () => {
  const hostile = await takenOver(`say('info', video=${VIDEO.replace('%s', 'from within')})`)
  expect(await look(hostile)).toMatchObject({ title: 't', description: 'from within' })
})

test.each([
  ['a result of 7.2 MB', `say('info', video={'title': 't', 'description': 'x' * 7_200_000})`],
  ['a result of 70 kB', `say('info', video={'title': 't', 'description': 'x' * 70_000})`],
  ['a record of 4 MB', `say('extraction', record='A' * 4_000_000)`],
  ['a record of 200 kB', `say('extraction', record='A' * 200_000)`],
  ['a plan of 100 kB', `say('plan', title='t' * 100_000, formats=[])`],
  ['a chain of 100 kB', `say('stale', chain=[{'class': 'x' * 100_000}])`],
  ['an event of a name of its own', `say('unknown', text='x' * 10_000)`],
  ['a line without end', `while True: os.write(3, b'x' * 65536)`],
  ['events without end', `while True: say('progress', format_id='a', status='downloading')`],
])('%s is not heard, and the job ends', async (_what, line) => {
  const hostile = await takenOver(line, `say('info', video=${VIDEO})`)
  const since = performance.now()
  await expect(look(hostile)).rejects.toMatchObject({ code: 'internal_error' })
  expect(performance.now() - since).toBeLessThan(30_000)
  expect(hostile.records).toEqual([])
  expect(processesMentioning(hostile.job.folder)).toEqual([])
})

test('what is as long as an honest runner makes it is heard', async () => {
  const record = 'A'.repeat(174_764)
  const hostile = await takenOver(
    `say('extraction', record='${record.slice(0, 4)}' * ${record.length / 4})`,
    `say('info', video={'title': 't', 'formats': [{'format_id': 'a', 'protocol': 'http', 'ext': 'mp4'}], 'description': 'x' * 65_000})`,
  )
  expect((await look(hostile)).description).toHaveLength(65_000)
  expect(hostile.records).toHaveLength(1)
})

test('of the players that a job names the worker fetches one', async () => {
  const { home, ...rest } = await takenOver(
    'for at in range(6):',
    "  say('player', address=f'https://www.youtube.com/s/player/0000000{at}/base.js')",
    '  time.sleep(0.1)',
    `say('info', video=${VIDEO})`,
  )
  const fetched: string[] = []
  const folder = join(rest.job.folder, '..', 'players')
  const fetch = async (address: string): Promise<Buffer> => {
    fetched.push(address)
    throw new Error('There is none.')
  }
  await look({ ...rest, engine: stage.engineWith({ home, players: { folder, fetch } }) })
  expect(fetched).toEqual(['https://www.youtube.com/s/player/00000000/base.js'])
})

test('a title of a plan is cut to what the runner would cut it to', async () => {
  const { engine, job } = await takenOver(
    `say('plan', title='t' * 50_000, webpage_url='u' * 10_000, formats=[])`,
    `open('media.mp4', 'w').write('x')`,
    `say('file', path=os.path.abspath('media.mp4'))`,
  )
  const media = await engine.download({ url: stage.site.url('/video.mp4'), options: {} }, job)
  expect([media.title?.length, media.webpageUrl?.length]).toEqual([2_000, 8_192])
})

test('an info job writes no large file', async () => {
  const hostile = await takenOver(
    `try: open('large', 'wb').write(b'x' * ${100 * MIB})`,
    `except OSError as error: say('info', video={'title': str(error.errno), 'formats': [{'format_id': 'a', 'protocol': 'http', 'ext': 'mp4'}]})`,
  )
  expect(await look(hostile)).toMatchObject({ title: '27' })
  expect(await folderUse(hostile.job.folder, 1e12)).toBeLessThan(40 * MIB)
})

test.each([
  ['many files', `open(f'f{at}', 'wb').write(b'x' * ${25 * MIB}); time.sleep(0.2)`],
  ['files in folders', `os.mkdir(f'd{at}'); open(f'd{at}/f', 'wb').write(b'x' * ${25 * MIB}); time.sleep(0.2)`],
  ['files without content', `[open(f'e{at}-{n}', 'w').close() for n in range(4000)]`],
])('an info job that fills the disk with %s is ended', async (_what, line) => {
  const hostile = await takenOver('for at in range(60):', `  ${line}`, 'time.sleep(60)')
  await expect(look(hostile)).rejects.toMatchObject({ code: 'file_too_large', retryable: false })
  expect(processesMentioning(hostile.job.folder)).toEqual([])
})

test.each([
  [
    'memory that it shares with itself',
    `m = mmap.mmap(-1, ${400 * MIB}); [m.write(b'x' * ${MIB}) for _ in range(400)]`,
  ],
  [
    'files on the disk that have no name any more',
    `for _ in range(16): d = os.open('f', os.O_RDWR | os.O_CREAT); os.unlink('f'); os.write(d, b'x' * ${25 * MIB})`,
  ],
  [
    'megabytes of three processes, also for 0.7 s,',
    `[os.fork() or (b'x' * ${130 * MIB}, time.sleep(0.8), os._exit(0)) for _ in range(3)]`,
  ],
  ['processes', 'for _ in range(100): os.fork() or (time.sleep(60), os._exit(0))'],
  [
    'threads',
    'import threading; threading.stack_size(65536); [threading.Thread(target=time.sleep, args=(60,)).start() for _ in range(550)]',
  ],
])('%s are counted, and too much of them ends the job', async (_what, line) => {
  const hostile = await takenOver(line, 'time.sleep(60)')
  await expect(look(hostile)).rejects.toMatchObject({ code: 'memory_limit_exceeded' })
  expect(processesMentioning(hostile.job.folder)).toEqual([])
})
