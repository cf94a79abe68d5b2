/** Keys come from the setting or from one file that is made once, whoever and however many ask for it. */
import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import { afterEach, expect, test } from '@jest/globals'
import { InvalidEnvironment, keyFor, loadSecretKeys, parseSecretKeys, SECRET_KEYS_FILE } from '@video-scraper/boot'

const packageFolder = fileURLToPath(new URL('..', import.meta.url))
const folders: string[] = []
const started: ChildProcessByStdio<Writable, Readable, null>[] = []

afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})
async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'video-scraper-test-'))
  folders.push(folder)
  return folder
}

const SECRET = Buffer.alloc(32, 7)
const GOOD = SECRET.toString('base64')

test('the setting is read: ids, secrets in either base64, the first one first', () => {
  const longer = Buffer.alloc(64, 0xfb)
  const keys = parseSecretKeys(`new:${longer.toString('base64url')} , old-1:${GOOD}`, 'SECRET_KEYS')
  expect(keys.map(({ id, secret }) => [id, secret.export()])).toEqual([
    ['new', longer],
    ['old-1', SECRET],
  ])
})

test.each([
  ['no id', GOOD, 'key 1 has no id'],
  ['an empty id', `:${GOOD}`, 'key 1 has no id'],
  ['an id that a URL would have to escape', `a/b:${GOOD}`, 'key 1 has no id'],
  ['a short secret', `k:${Buffer.alloc(31).toString('base64')}`, 'the secret of key 1 has less than 32 bytes'],
  ['an empty secret', 'k:', 'the secret of key 1 is not base64'],
  ['what is not base64', `k:${'§'.repeat(60)}`, 'the secret of key 1 is not base64'],
  ['a trailing comma', `k:${GOOD},`, 'key 2 has no id'],
  ['one id twice', `k:${GOOD},k:${GOOD}`, 'two keys have the same id'],
])('%s stops the start, and the sentence says what is wrong and nothing of the secret', (_what, text, problem) => {
  const refused = () => parseSecretKeys(text, 'SECRET_KEYS')
  expect(refused).toThrow(InvalidEnvironment)
  expect(refused).toThrow(`SECRET_KEYS cannot be used: ${problem}`)
  expect(refused).not.toThrow(GOOD.slice(0, 20))
})

test('every problem is named at once', () => {
  expect(() => parseSecretKeys(`k:short,${GOOD}`, 'SECRET_KEYS')).toThrow(/key 1 has less.*key 2 has no id/)
})

test('without the setting one key is made, for its owner only, and found again', async () => {
  const directory = join(await emptyFolder(), 'not', 'there', 'yet')
  const made = await loadSecretKeys({ SECRET_KEYS: '', DATA_DIR: directory })
  expect(made).toHaveLength(1)
  expect(made[0].secret.symmetricKeySize).toBe(32)
  expect((await stat(join(directory, SECRET_KEYS_FILE))).mode & 0o777).toBe(0o600)
  const again = await loadSecretKeys({ SECRET_KEYS: '', DATA_DIR: directory })
  expect(again.map(({ id, secret }) => [id, secret.export()])).toEqual(
    made.map(({ id, secret }) => [id, secret.export()]),
  )
  expect(await readdir(directory)).toEqual([SECRET_KEYS_FILE])
})

test('the setting is used instead of the file, and makes none', async () => {
  const directory = await emptyFolder()
  const [key] = await loadSecretKeys({ SECRET_KEYS: `mine:${GOOD}`, DATA_DIR: directory })
  expect(key.id).toBe('mine')
  expect(await readdir(directory)).toEqual([])
})

test('a hundred that ask at once in an empty folder have one and the same key', async () => {
  const directory = await emptyFolder()
  const loads = Array.from({ length: 100 }, () => loadSecretKeys({ SECRET_KEYS: '', DATA_DIR: directory }))
  const secrets = (await Promise.all(loads)).map(([{ id, secret }]) => `${id}:${secret.export().toString('base64')}`)
  expect(new Set(secrets).size).toBe(1)
  expect((await readFile(join(directory, SECRET_KEYS_FILE), 'utf8')).trim()).toBe(secrets[0])
  expect(await readdir(directory)).toEqual([SECRET_KEYS_FILE])
})

test('so have processes that start together', async () => {
  const directory = await emptyFolder()
  // Node 20 cannot run the sources, so the processes run what the compiler makes of them.
  execFileSync(process.execPath, [join(packageFolder, '../../node_modules/typescript/bin/tsc'), '-b', packageFolder])
  const program = join(packageFolder, 'test/fixtures/loading-process.mjs')
  const processes = Array.from({ length: 6 }, () => {
    const child = spawn(process.execPath, [program, directory], { stdio: ['pipe', 'pipe', 'inherit'] })
    started.push(child)
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    return { child, nextLine: async () => (await lines.next()).value as string | undefined }
  })
  for (const { nextLine } of processes) expect(await nextLine()).toBe('ready')
  const exits = processes.map(({ child }) => once(child, 'exit'))
  for (const { child } of processes) child.stdin.write('go')
  const keys = await Promise.all(processes.map(({ nextLine }) => nextLine()))
  await Promise.all(exits)
  expect(keys[0]).toMatch(/^made-[0-9a-f]{8}:/)
  expect(new Set(keys).size).toBe(1)
}, 60_000)

test('a file that cannot be used is named, and never replaced', async () => {
  const directory = await emptyFolder()
  const path = join(directory, SECRET_KEYS_FILE)
  for (const text of ['', '\n', 'nonsense']) {
    await writeFile(path, text)
    await expect(loadSecretKeys({ SECRET_KEYS: '', DATA_DIR: directory })).rejects.toThrow(`${path} cannot be used`)
    expect(await readFile(path, 'utf8')).toBe(text)
  }
})

test('a secret is not shown by a log, by JSON or by inspection', () => {
  const keys = parseSecretKeys(`k:${GOOD}`, 'a test')
  const shown = `${inspect(keys, { depth: 9, showHidden: true })} ${JSON.stringify(keys)} ${String(keys[0].secret)}`
  expect(shown).not.toContain(GOOD.slice(0, 16))
  expect(shown).not.toContain(SECRET.toString('hex').slice(0, 16))
})

test('each use has a key of its own, the same every time', () => {
  const [key] = parseSecretKeys(`k:${GOOD}`, 'a test')
  expect(keyFor('one use', key).equals(keyFor('one use', key))).toBe(true)
  expect(keyFor('one use', key).equals(keyFor('another use', key))).toBe(false)
  expect(keyFor('one use', key).equals(key.secret)).toBe(false)
})
