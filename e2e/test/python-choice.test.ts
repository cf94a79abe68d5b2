/** Which Python the setup takes, with programs in PATH that answer as a Python of that version does. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from '@jest/globals'

const FIND = new URL('../../scripts/runtime/find-python.mjs', import.meta.url).href
const ASK = `import { findPython } from '${FIND}'; console.log(JSON.stringify((await findPython()) ?? null))`

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pythons-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

/** Puts a program into PATH that answers the setup's question; `pip` says whether it has one. */
async function python(name: string, version: readonly number[], { pip = true, usual = true } = {}): Promise<void> {
  const answer = {
    executable: join(folder, name),
    realPath: join(folder, name),
    version,
    tag: 'test',
    usual,
    hasPip: pip,
  }
  await writeFile(join(folder, name), `#!/bin/sh\necho '${JSON.stringify({ ...answer, pipWheel: null })}'\n`, {
    mode: 0o755,
  })
}

async function found(variables: Record<string, string> = {}): Promise<{ version: string; path: string }> {
  const options = { env: { PATH: folder, ...variables } }
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', ASK], options)
  return JSON.parse(stdout)
}

test('the newest Python in PATH is taken, whatever `python3` is', async () => {
  await python('python3', [3, 11, 9])
  await python('python3.12', [3, 12, 1])
  await python('python3.14', [3, 14, 2])
  expect((await found()).version).toBe('3.14.2')
})

test('a Python that is too old, too new or of another kind is never taken', async () => {
  await python('python3', [3, 10, 13])
  await python('python3.13', [3, 15, 0])
  await python('python3.14', [3, 14, 2], { usual: false })
  await python('python3.12', [3, 12, 1])
  expect((await found()).version).toBe('3.12.1')
})

test('one with pip goes before a newer one without', async () => {
  await python('python3.14', [3, 14, 2], { pip: false })
  await python('python3.12', [3, 12, 1])
  expect((await found()).version).toBe('3.12.1')
})

test('the one that PYTHON names goes before a newer one', async () => {
  await python('python3.14', [3, 14, 2])
  await python('mine', [3, 12, 1])
  expect((await found({ PYTHON: join(folder, 'mine') })).version).toBe('3.12.1')
})

test('a shim that leads to no Python is passed over', async () => {
  await writeFile(join(folder, 'python3.14'), '#!/bin/sh\nexit 127\n', { mode: 0o755 })
  await symlink('/nowhere/python', join(folder, 'python3.13'))
  await python('python3.12', [3, 12, 1])
  expect((await found()).version).toBe('3.12.1')
})
