/**
 * `node e2e/upgrade/record.mjs [folder]`: lets the build of an earlier commit leave jobs in every state, files, webhooks, keys
 * and Idempotency-Keys, and writes what lies in Redis and on disk to `e2e/upgrade/left-behind`. The test reads it there, since
 * a clone without history can make no such build. `folder`: where that build is made, or has been made already.
 */

import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connectRedis } from '@video-scraper/store'
import { startStack, startVideoSite, startWebhookReceiver } from '@video-scraper/testkit'
import { buildEarlier, EARLIER_COMMIT } from './earlier-build.mjs'
import { createKeys } from './earlier-keys.mjs'
import { leaveBehind } from './leave-behind.mjs'
import { redisContents } from './redis-contents.mjs'

const LEFT_BEHIND = fileURLToPath(new URL('left-behind', import.meta.url))
const { sitePort, receiverPort } = JSON.parse(await readFile(new URL('addresses.json', import.meta.url), 'utf8'))
const SECRET_KEYS = `upgrade:${Buffer.alloc(32, 7).toString('base64')}`
const say = (line) => process.stdout.write(`${line}\n`)

const folder = process.argv[2] ?? (await mkdtemp(join(tmpdir(), 'earlier-build-')))
const built = existsSync(join(folder, 'apps/worker/dist/main.js'))
  ? { root: folder, runtime: JSON.parse(await readFile(join(folder, '.runtime/runtime.json'), 'utf8')) }
  : await buildEarlier({ commit: EARLIER_COMMIT, folder, say })

const site = await startVideoSite({ port: sitePort })
const receiver = await startWebhookReceiver({ port: receiverPort })
const stack = await startStack({
  root: built.root,
  settings: {
    YTDLP_HOME: built.runtime.ytdlp,
    AUTH: 'api-key',
    SECRET_KEYS,
    EGRESS_ALLOW: `${site.host}:${site.port},${receiver.target}`,
    // What is left behind does not grow too old for the test.
    RETENTION_HOURS: String(100 * 365 * 24),
    WORK_RETENTION_HOURS: '0',
    WEBHOOK_RETRY_WAITS: '3600',
    INFO_CACHE_SECONDS: '0',
  },
})
try {
  const keys = await createKeys({ root: built.root, redisUrl: stack.redis.url })
  const answered = await leaveBehind({ stack, site, receiver, key: keys.good.key, say })
  const redis = connectRedis(stack.redis.url, 'worker', () => undefined)
  const contents = await redisContents(redis)
  redis.disconnect()
  await rm(LEFT_BEHIND, { recursive: true, force: true })
  for (const name of ['library', 'work'])
    await cp(join(stack.dataDir, name), join(LEFT_BEHIND, 'data', name), { recursive: true })
  const write = (name, value) => writeFile(join(LEFT_BEHIND, name), `${JSON.stringify(value, null, 1)}\n`)
  await write('redis.json', contents)
  await write('answers.json', {
    commit: EARLIER_COMMIT,
    recordedAt: new Date().toISOString(),
    secretKeys: SECRET_KEYS,
    keys,
    ...answered,
  })
  say(`Recorded in ${LEFT_BEHIND}.`)
} finally {
  await stack.stop()
  await receiver.stop()
  await site.stop()
  if (process.argv[2] === undefined) await rm(folder, { recursive: true, force: true })
}
