/** Stories in which sources try to reach what only the stack itself may reach. */
import assert from 'node:assert/strict'
import { createClient, site, until } from './client.mjs'

/** What a source would like a worker to fetch: the other containers by name and by loopback, and the metadata of a cloud. */
const TARGETS = [
  'http://redis:6379/',
  'http://api:5501/api/status',
  'http://127.0.0.1:5501/api/status',
  'http://localhost:6379/',
  'http://[::1]:6379/',
  'http://0x7f000001:6379/',
  'http://169.254.169.254/latest/meta-data/',
]

/** The ways to get there that only the worker can see: a redirect, a page's media, a playlist's fragments and its key. */
const WAYS = {
  redirect: (to) => site('/hostile/redirect-inside', { to }),
  page: (to) => site('/hostile/page-inside', { to }),
  playlist: (to) => site('/hostile/inside.m3u8', { to }),
  key: (to) => site('/hostile/inside.m3u8', { to, key: '1' }),
}

export async function attacksReachNothing(composition) {
  const client = createClient(composition)
  // Not all at once: a client may have ten unfinished downloads.
  for (const to of TARGETS) {
    const started = await Promise.all(
      Object.entries(WAYS).map(async ([way, from]) => ({ way, id: await client.startDownload(from(to)) })),
    )
    for (const { way, id } of started) {
      const ended = await until(`the download from ${to} (${way}) has ended`, 120_000, async () => {
        const status = await client.download(id)
        return status.status === 'in_progress' ? undefined : status
      })
      const { status, code } = ended
      assert.deepEqual(
        { status, code },
        { status: 'failed', code: 'blocked_target' },
        `${way} to ${to}: ${ended.error}`,
      )
    }
  }
}
