/** A download that broke off goes on where it was: with the tools that people use. */
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { accessSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import { eventually, temporaryFolder } from '@video-scraper/testkit'
import { useApi } from './api-rig.ts'
import { downloadId, publishFile } from './trivial-worker.ts'

jest.setTimeout(60_000)
const rig = useApi()
const CONTENT = randomBytes(8_000_000)
const DIGEST = createHash('sha256').update(CONTENT).digest('hex')

const tools = {
  curl: { slow: ['--limit-rate', '200K', '-sS', '-o'], resume: ['-sS', '-C', '-', '-o'] },
  wget: { slow: ['--limit-rate=200k', '-q', '-O'], resume: ['-q', '-c', '-O'] },
} as const

const isThere = (program: string) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program))
      return true
    } catch {
      return false
    }
  })

async function begun() {
  const { filename } = await publishFile(rig, { jobId: downloadId('a'), content: CONTENT })
  const gateway = await rig.standing()
  const folder = await temporaryFolder()
  rig.afterwards(() => folder.remove())
  const target = join(folder.path, 'video.mp4')
  const sizeNow = () =>
    stat(target).then(
      ({ size }) => size,
      () => 0,
    )
  const url = `${await gateway.origin()}/api/video-scraper/download/${filename}`
  return { url, target, sizeNow, filename }
}

function run(program: string, argv: readonly string[]) {
  const child = spawn(program, argv, { stdio: 'inherit' })
  rig.afterwards(() => child.kill('SIGKILL'))
  return { child, exited: once(child, 'exit') }
}

const present = Object.entries(tools).filter(([program]) => isThere(program))

test.each(present)(
  '%s continues what was killed in the middle, to the last byte',
  async (program, { slow, resume }) => {
    const { url, target, sizeNow } = await begun()
    const first = run(program, [...slow, target, url])
    await eventually(async () => (await sizeNow()) > 50_000, { timeoutMs: 15_000 })
    first.child.kill('SIGKILL')
    await first.exited
    expect(await sizeNow()).toBeLessThan(CONTENT.length)

    const second = run(program, [...resume, target, url])
    expect((await second.exited)[0]).toBe(0)
    expect(
      createHash('sha256')
        .update(await readFile(target))
        .digest('hex'),
    ).toBe(DIGEST)
  },
)

test('a part says by If-Range and Repr-Digest whether it continues the same file', async () => {
  const { url } = await begun()
  const whole = await fetch(url, { method: 'HEAD' })
  const part = await fetch(url, { headers: { range: 'bytes=4000000-', 'if-range': whole.headers.get('etag') ?? '' } })
  expect(part.status).toBe(206)
  const joined = Buffer.concat([CONTENT.subarray(0, 4_000_000), Buffer.from(await part.arrayBuffer())])
  const digest = createHash('sha256').update(joined).digest('base64')
  expect(part.headers.get('repr-digest')).toBe(`sha-256=:${digest}:`)
})
