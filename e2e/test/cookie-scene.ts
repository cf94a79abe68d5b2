/** What the stories of cookies need: a service with keys, a site to sign in to, and a look for secrets wherever they could lie. */
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connectRedis, isReady } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { type Client, clientOf } from './client.ts'
import { run } from './run-program.ts'
import { type Surroundings, setTheScene } from './surroundings.ts'

const PROGRAM = fileURLToPath(new URL('../../apps/api/dist/keys.js', import.meta.url))
const API = '/api/video-scraper'

export interface Account {
  readonly id: string
  readonly client: Client
  readonly headers: Record<string, string>
  /** Stores the cookie under `name`. */
  store(name: string, session: string): Promise<void>
  set(name: string): Promise<Record<string, unknown>>
  /** The id of the job. */
  start(kind: 'info' | 'download', wanted: Record<string, unknown>): Promise<string>
}

export interface CookieScene extends Surroundings {
  account(): Promise<Account>
  /** Signs in at the site; the value of the first cookie. */
  signIn(account: string): Promise<string>
  /** All cookies that the account was given by the site since it signed in, the newest last. */
  issued(account: string): Promise<string[]>
  /** Where one of these texts lies: keys of Redis, files of the data folder, and logs. */
  whereabouts(secrets: readonly string[]): Promise<string[]>
}

/** Answers are remembered and files are used again, as by default, so that what leaks through them is seen. */
export async function setTheCookieScene(settings: Record<string, string> = {}): Promise<CookieScene> {
  const scene = await setTheScene({
    AUTH: 'api-key',
    RATE_LIMIT_PER_MINUTE: '0',
    MAX_REQUESTS_PER_MINUTE: '0',
    MAX_DOWNLOADS_PER_CLIENT: '0',
    LOG_LEVEL: 'trace',
    ...settings,
  })
  const { gateway, stack, site } = scene

  async function account(): Promise<Account> {
    const words = ['create', '--json', '--name', 'test', '--scope', 'read,write,cookies']
    const env = { REDIS_URL: stack.redis.url }
    const { id, key } = JSON.parse(await run(process.execPath, [PROGRAM, ...words], { folder: stack.dataDir, env }))
    const headers = { authorization: `Bearer ${key}` }
    const client = clientOf(gateway.origin, headers)
    return {
      id,
      client,
      headers,
      async store(name, session) {
        const expires = Math.floor(Date.now() / 1000) + 86_400
        const body = `127.0.0.1\tFALSE\t/\tFALSE\t${expires}\tsession\t${session}\n`
        const reply = await fetch(`${gateway.origin}${API}/cookies/${name}`, {
          method: 'PUT',
          headers: { ...headers, 'content-type': 'text/plain' },
          body,
        })
        if (!reply.ok) throw new Error(`The cookies were not stored: ${reply.status} ${await reply.text()}`)
      },
      set: async (name) => (await client.get(`${API}/cookies/${name}`)).body,
      async start(kind, wanted) {
        const { status, body } = await client.post(`${API}/${kind}`, wanted)
        if (status !== 202) throw new Error(`The job was answered ${status}: ${JSON.stringify(body)}`)
        return String(body.job_id ?? body.download_id)
      },
    }
  }

  return {
    ...scene,
    account,
    async signIn(name) {
      const reply = await fetch(site.url('/members/login', { account: name }))
      return /session=([0-9a-f]+)/.exec(reply.headers.get('set-cookie') ?? '')?.[1] ?? ''
    },
    issued: async (name) => (await (await fetch(site.url('/members/cookies', { account: name }))).json()) as string[],
    whereabouts: async (secrets) => [
      ...(await keysHolding(stack.redis.url, secrets)),
      ...(await filesHolding(stack.dataDir, secrets)),
      ...(secrets.some((secret) => scene.worker.output().includes(secret)) ? ['the log of the worker'] : []),
      ...(secrets.some((secret) => gateway.output().includes(secret)) ? ['the log of the gateway'] : []),
    ],
  }
}

/** As Redis itself writes each key down, whatever its type is. */
async function keysHolding(url: string, secrets: readonly string[]): Promise<string[]> {
  const redis = connectRedis(url, 'worker', () => undefined)
  try {
    await eventually(() => isReady(redis))
    const found: string[] = []
    for (const key of await redis.keys('*')) {
      const parts = await everythingIn(redis, key)
      if (secrets.some((secret) => key.includes(secret) || parts.some((part) => part.includes(secret)))) found.push(key)
    }
    return found
  } finally {
    redis.disconnect()
  }
}

async function everythingIn(redis: ReturnType<typeof connectRedis>, key: string): Promise<Buffer[]> {
  const readers: Record<string, () => Promise<unknown>> = {
    string: () => redis.getBuffer(key),
    hash: () =>
      redis
        .hgetallBuffer(key)
        .then((fields) => [...Object.keys(fields).map((name) => Buffer.from(name)), ...Object.values(fields)]),
    list: () => redis.lrangeBuffer(key, 0, -1),
    set: () => redis.smembersBuffer(key),
    zset: () => redis.zrangeBuffer(key, '0', '-1'),
    stream: async () => [Buffer.from(JSON.stringify(await redis.xrange(key, '-', '+')))],
    none: async () => [],
  }
  const read = readers[await redis.type(key)]
  if (read === undefined) throw new Error(`${key} is of a type that is not looked through.`)
  return [await read()].flat().filter((part) => Buffer.isBuffer(part))
}

async function filesHolding(folder: string, secrets: readonly string[]): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const found: string[] = []
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name)
    const file = await open(path).catch(() => null)
    if (file === null) continue
    const bytes = await file.readFile()
    await file.close()
    if (secrets.some((secret) => bytes.includes(secret))) found.push(path)
  }
  return found
}
