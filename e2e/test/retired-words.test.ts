/** `npm run check` finds the words that this project does not use any more. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'

const CHECK = new URL('../../scripts/check/retired-words.mjs', import.meta.url).href
/** Written so that the check does not find it in this file. */
const WORD = 'wi'.concat('sh')

async function found(text: string): Promise<string[]> {
  const ask = `
    import { retiredWordsIn } from '${CHECK}'
    console.log(JSON.stringify(retiredWordsIn('a.ts', ${JSON.stringify(text)})))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', ask])
  return JSON.parse(stdout)
}

test('a retired word is found with its line, and part of another word is none', async () => {
  expect(await found(`fine\nthe ${WORD} of a client`)).toEqual([`a.ts:2 has the retired word "${WORD}".`])
  expect(await found('housekeeping replaces the mushroom')).toEqual([])
})
