/** A Redis that cannot write its append-only file refuses writes with MISCONF: that is an outage, and it ends by itself. */
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { canMount, eventually, smallDisk, startRedis } from '@video-scraper/testkit'
import { useApi } from './api-rig.ts'

const rig = useApi()
const MIB = 1024 * 1024
const INFO = '/api/video-scraper/info'

/** Skipped, not passed, where this process may not mount: the report says so. */
const onRealDisk = (await canMount()) ? test : test.skip

onRealDisk(
  'a POST and readiness are 503 while its disk is full, reading goes on, and both work again after it',
  async () => {
    const disk = await smallDisk(32 * MIB)
    if (disk === null) throw new Error('This process may mount no longer.')
    rig.afterwards(() => disk.remove())
    const server = await startRedis({ appendOnly: true, directory: disk.path })
    rig.afterwards(() => server.stop())
    const gateway = await rig.gateway({ redisUrl: server.url })
    const post = () => gateway.post(INFO, { url: 'https://example.com/video' })
    const ready = () => gateway.get('/health/ready')
    await eventually(async () => expect((await ready()).statusCode).toBe(200))
    const made = await post()
    expect(made.statusCode).toBe(202)

    const filler = join(disk.path, 'filler')
    await writeFile(filler, Buffer.alloc(32 * MIB)).catch(() => undefined)
    await eventually(async () => expect((await post()).statusCode).toBe(503))
    await expect(gateway.redis.set('{video-scraper}:any', '1')).rejects.toThrow(/^MISCONF /)
    for (const reply of [
      await post(),
      await ready(),
      await gateway.ask({ method: 'POST', url: `/api/video-scraper/job/${made.json().job_id}/cancel` }),
    ]) {
      expect([reply.statusCode, reply.json().code]).toEqual([503, 'service_unavailable'])
      expect(reply.headers['retry-after']).toMatch(/^[1-9]\d*$/)
    }
    expect((await gateway.get(`/api/video-scraper/job/${made.json().job_id}`)).statusCode).toBe(200)

    await rm(filler)
    await eventually(async () => expect((await ready()).statusCode).toBe(200), { timeoutMs: 20_000 })
    expect((await post()).statusCode).toBe(202)
  },
)
