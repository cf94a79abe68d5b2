/** A job that was taken over beside one that has cookies: it reads neither what lies in that job's folder nor what it holds. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createEngine } from '../src/index.ts'
import { type Stage, startStage } from './stage.ts'
import { answersIn, startHostileSource, takenOverHome } from './taken-over.ts'

const CHANGED = 'cookie-that-a-site-has-changed'
const UNCHANGED = 'cookie-that-is-in-memory-alone'

let stage: Stage
let source: Awaited<ReturnType<typeof startHostileSource>>
beforeAll(async () => {
  source = await startHostileSource()
  stage = await startStage({ allow: [source.place], warm: null })
}, 60_000)
afterAll(async () => {
  await stage?.stop()
  await source?.stop()
})

/** Looks for the texts in a file, and in the command line and the environment of every process. */
const program = (file: string): string[] => [
  'import os',
  'found = []',
  'def look(path):',
  '    try:',
  '        with open(path, "rb") as file: text = file.read(1 << 20)',
  '    except OSError as error:',
  '        return error.errno',
  `    return "read" if b"${CHANGED}" in text or b"${UNCHANGED}" in text else "other"`,
  `answers["file"] = look(${JSON.stringify(file)})`,
  'try:',
  '    others = [name for name in os.listdir("/proc") if name.isdigit() and name != str(os.getpid())]',
  'except OSError:',
  '    others = []',
  'answers["processes"] = [look(f"/proc/{name}/{part}") for name in others for part in ("environ", "cmdline")].count("read")',
]

test('what a site has changed in one job is out of reach of another', async () => {
  const { folder: place } = await stage.job()
  const { users } = stage
  const { sandbox, ...options } = { ...stage.options, home: takenOverHome(stage.options, place) }
  const victim = await stage.job()
  const file = join(victim.folder, 'cookies-of-the-victim.json')
  await writeFile(file, CHANGED, { mode: 0o600 })

  const cookie = { domain: '127.0.0.1', includesSubdomains: false, path: '/', name: 'quiet', value: UNCHANGED }
  const cookies = {
    site: '127.0.0.1',
    file: join(victim.folder, 'changes.json'),
    cookies: [{ ...cookie, expires: null, secure: false, httpOnly: false }],
  }
  const url = stage.site.url('/big.mp4', { bytes: 3_000_000, rate: 500_000 })
  const under = stage.engine.download({ url, options: {}, cookies }, victim)
  source.send(program(file))
  const shutIn = await stage.job()
  await stage
    .engineFrom({ ...options, ...(sandbox && { sandbox }), ...(users && { users }) })
    .extractInfo({ url: source.url }, shutIn)
  expect(answersIn(shutIn.folder)).toEqual({ file: expect.any(Number), processes: 0 })

  // Without its sandbox the same program reads the file, so the attempt is one.
  const free = await stage.job()
  const engine = createEngine(options)
  await engine.extractInfo({ url: source.url }, free)
  expect(answersIn(free.folder)).toMatchObject({ file: 'read' })
  await engine.close()
  await under
}, 120_000)
