/** Where the project starts, and what it says elsewhere. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'

const PREREQUISITES = new URL('../../scripts/runtime/prerequisites.mjs', import.meta.url).href

/** What the check says: an empty line for "go on". Without a system it checks the one that it runs on. */
async function answerOf(system?: { platform: string; glibc: string | null }): Promise<string> {
  const ask = `
    import { checkSystem } from '${PREREQUISITES}'
    try { checkSystem(${system === undefined ? '' : JSON.stringify(system)}); console.log('') }
    catch (error) { console.log(error.constructor.name + ': ' + error.message) }`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', ask])
  return stdout.trim()
}

test('Linux with glibc starts, and this machine is one', async () => {
  expect(await answerOf({ platform: 'linux', glibc: '2.36' })).toBe('')
  expect(await answerOf({ platform: 'linux', glibc: '2.28' })).toBe('')
  expect(await answerOf()).toBe('')
})

test.each([
  ['darwin', null, 'darwin'],
  ['win32', null, 'win32'],
  ['freebsd', null, 'freebsd'],
  ['android', null, 'android'],
  ['linux', null, 'Linux without glibc, such as Alpine'],
])('%s with glibc %s is refused with one sentence that says what to do', async (platform, glibc, named) => {
  const said = await answerOf({ platform, glibc })
  expect(said).toMatch(/^UserFacingError: The Video Scraper runs on Linux with glibc/)
  expect(said).toContain(`this is ${named}: use Docker`)
  expect(said.split('\n')).toHaveLength(1)
})
