/** The parts of the Python client that need no live stack, tested in Python. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { pythonClient } from '@video-scraper/testkit'

const FOLDER = fileURLToPath(new URL('.', import.meta.url))
const run = promisify(execFile)

test('all of test_parts.py and test_exchange.py', async () => {
  // unittest writes its report to the error stream, and fails where it has found no test.
  const { stderr } = await run(
    pythonClient().python,
    ['-W', 'error', '-m', 'unittest', 'test_parts', 'test_exchange'],
    { cwd: FOLDER },
  )
  expect(stderr).toMatch(/Ran \d\d tests .*\n\nOK\n$/)
})
