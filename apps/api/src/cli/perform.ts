/** Does what a command says, and returns what is to be written. */
import type { ApiKey, IssuedKey } from '@video-scraper/contracts'
import { apiKeyView, issuedKeyView } from '@video-scraper/views'
import type { KeyRing } from '../auth/key-ring.ts'
import type { KeyCommand } from './key-command.ts'
import { describeIssued, describeKey, tableOf } from './key-report.ts'

const PAGE = 200

export async function perform(
  command: Exclude<KeyCommand, { name: 'help' }>,
  ring: KeyRing,
  now: number,
): Promise<string> {
  const say = <Answer>(answer: Answer, describe: (answer: Answer) => string): string =>
    command.json ? `${JSON.stringify(answer, null, 2)}\n` : describe(answer)
  const shown = (key: ApiKey) => say(key, describeKey)
  const issued = (key: IssuedKey) => say(key, describeIssued)

  switch (command.name) {
    case 'create':
      return issued(issuedKeyView(await ring.create(command.body), now))
    case 'list':
      return say(await allKeys(ring, now), tableOf)
    case 'show':
      return shown(apiKeyView(await ring.find(command.id), now))
    case 'update':
      return shown(apiKeyView(await ring.update(command.id, command.change), now))
    case 'rotate':
      return issued(issuedKeyView(await ring.rotate(command.id, command.graceMs), now))
    case 'revoke':
      return shown(apiKeyView(await ring.revoke(command.id), now))
  }
}

async function allKeys(ring: KeyRing, now: number): Promise<ApiKey[]> {
  const keys: ApiKey[] = []
  let cursor: string | undefined
  do {
    const page = await ring.list(PAGE, cursor)
    keys.push(...(page?.keys ?? []).map((key) => apiKeyView(key, now)))
    cursor = page?.next ?? undefined
  } while (cursor !== undefined)
  return keys
}
