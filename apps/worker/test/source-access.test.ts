/** Whose bot checks make a site rest for everybody. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { JobEnvelope } from '@video-scraper/contracts'
import { JobFailure } from '@video-scraper/core'
import { createTargetPolicy, type EgressProxy, startEgressProxy } from '@video-scraper/egress'
import { createSiteTurns, readSiteRests } from '@video-scraper/queue'
import { connectRedis, createExitHealth } from '@video-scraper/store'
import { type DisposableRedis, startRedis } from '@video-scraper/testkit'
import { exitTableOf } from '../src/exits/read-exits.ts'
import { createSourceAccess, type SourceAccess } from '../src/exits/source-access.ts'

let server: DisposableRedis
let redis: ReturnType<typeof connectRedis>
let egress: EgressProxy
let access: SourceAccess
const write = () => undefined

beforeAll(async () => {
  server = await startRedis()
  redis = connectRedis(server.url, 'worker', write)
  egress = await startEgressProxy({ policy: createTargetPolicy({ allow: [] }) })
  const table = exitTableOf('{"countries": {"DE": "http://127.0.0.1:1"}}', (address) => address)
  access = createSourceAccess({
    egress,
    exits: () => table,
    defaultWay: 'direct',
    health: createExitHealth(redis),
    turns: createSiteTurns(redis),
    rest: { after: 2, restMs: 60_000 },
    log: { info: write, warn: write, error: write },
  })
})
afterAll(async () => {
  await egress.close()
  redis.disconnect()
  await server.stop()
})

let count = 0
/** A job that meets a bot check. */
async function checked(url: string, options: object = {}): Promise<void> {
  count += 1
  const envelope = { url, options, owner: 'me', limitSubject: 'me' } as JobEnvelope
  const way = await access.wayOf({ id: `info_${count}`, attempt: 1, envelope })
  await expect(way.run({}, () => Promise.reject(new JobFailure('bot_check')))).rejects.toMatchObject({
    code: 'bot_check',
  })
}
const resting = async () => (await readSiteRests(redis, Date.now())).map(({ site }) => site)

test('those of jobs with a country or with cookies do not count, and further domains of a site do', async () => {
  for (const options of [{ country: 'DE' }, { cookies: 'mine' }]) {
    await checked('https://www.youtube.com/watch', options)
    await checked('https://www.youtube.com/watch', options)
  }
  expect(await resting()).toEqual([])
  await checked('https://www.youtube.com/watch')
  await checked('https://youtu.be/x')
  expect(await resting()).toEqual(['youtube.com'])
})
