/** Where Redis is, with its password: the password may lie in a file, so that it stands in no environment and no command line. */
import { readFileSync } from 'node:fs'
import { InvalidEnvironment } from './environment.ts'

export interface RedisSettings {
  /** `redis://`, `rediss://`, or the path of a Unix socket. */
  readonly REDIS_URL: string
  /** A file that holds the password alone. Empty: there is none. */
  readonly REDIS_PASSWORD_FILE: string
}

/**
 * `REDIS_URL` with the password of the file, for `connectRedis`; as it is where it holds one already, or where there is no file.
 * Throws `InvalidEnvironment`, which repeats nothing of the password.
 */
export function redisAddress({ REDIS_URL, REDIS_PASSWORD_FILE }: RedisSettings): string {
  if (REDIS_PASSWORD_FILE === '') return REDIS_URL
  const password = passwordIn(REDIS_PASSWORD_FILE)
  if (REDIS_URL.startsWith('/')) return withQuery(REDIS_URL, password)
  const url = new URL(REDIS_URL)
  if (url.password === '') url.password = encodeURIComponent(password)
  return url.href
}

function passwordIn(path: string): string {
  let text = ''
  try {
    text = readFileSync(path, 'utf8').trim()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new InvalidEnvironment(
      `REDIS_PASSWORD_FILE cannot be read (${code}). It names a file that holds the password.`,
    )
  }
  if (text === '') throw new InvalidEnvironment('REDIS_PASSWORD_FILE names an empty file. It holds the password alone.')
  return text
}

/** ioredis reads options behind the path of a socket. */
function withQuery(path: string, password: string): string {
  if (/[?&]password=/.test(path)) return path
  return `${path}${path.includes('?') ? '&' : '?'}password=${encodeURIComponent(password)}`
}
