/** The command line for API keys: `node keys.js create --name … --scope read`. A program: it has effects on import. */
import { InvalidEnvironment, redisAddress } from '@video-scraper/boot'
import { createKeyRing } from './auth/key-ring.ts'
import { type KeyCommand, readCommand, USAGE } from './cli/key-command.ts'
import { UserFacingError, withKeyStore } from './cli/open-store.ts'
import { perform } from './cli/perform.ts'
import { UsageError } from './cli/quantities.ts'
import { RequestError } from './http/errors.ts'

/** As programs use them: 1 for what may work another time or on something else, 2 for words that make no sense. */
const FAILED = 1
const MISUSED = 2

async function main(): Promise<void> {
  const now = Date.now()
  const command = readCommand(process.argv.slice(2), now)
  process.stdout.write(command.name === 'help' ? USAGE : await answerOf(command, now))
}

function answerOf(command: Exclude<KeyCommand, { name: 'help' }>, now: number): Promise<string> {
  const { REDIS_URL: url = '', REDIS_PASSWORD_FILE: passwordFile = '' } = process.env
  if (url === '') {
    throw new UserFacingError(
      'REDIS_URL is not set: the redis:// address, or the path of the socket, that the gateway uses.',
    )
  }
  const address = redisAddress({ REDIS_URL: url, REDIS_PASSWORD_FILE: passwordFile })
  return withKeyStore(address, (store) => perform(command, createKeyRing({ store, now: Date.now }), now))
}

main().catch((error: unknown) => {
  const isForPeople = [UsageError, RequestError, UserFacingError, InvalidEnvironment].some(
    (kind) => error instanceof kind,
  )
  process.stderr.write(`${isForPeople ? (error as Error).message : (error as Error).stack}\n`)
  process.exitCode = error instanceof UsageError ? MISUSED : FAILED
})
