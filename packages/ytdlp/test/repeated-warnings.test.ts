/** What yt-dlp warns of reaches the worker: each sentence once, and a bounded number of them. */
import { expect, test } from '@jest/globals'
import { inPython } from './in-python.ts'

const reported = (messages: string[]) =>
  inPython(
    messages,
    'from types import SimpleNamespace',
    'from safe_ydl import Logger',
    'answer = []',
    "events = SimpleNamespace(emit=lambda event, message: answer.append(message), without_secrets=lambda text: '')",
    'logger = Logger(events)',
    'for message in given: logger.warning(message)',
  )

test('a sentence that comes again takes the place of no other', async () => {
  expect(await reported([...Array.from({ length: 30 }, () => 'Missing'), 'A clip'])).toEqual(['Missing', 'A clip'])
})

test('there are twenty at most', async () => {
  expect(await reported(Array.from({ length: 30 }, (_, at) => `Missing ${at}`))).toHaveLength(20)
})
