/** Strangers at a real worker with a real yt-dlp, and listeners on this machine that must hear nothing. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals'
import { readRuntime, type Stack, startStack, startVideoSite, type VideoSite } from '@video-scraper/testkit'
import { type Client, clientOf } from './client.ts'
import { type HostileSite, type Inside, startHostileSite, startInside } from './hostile-site.ts'
import { type HostileSurroundings, startHostileSurroundings } from './hostile-surroundings.ts'

export type Outcome = Record<string, unknown>

export const codesOf = (ended: Record<string, Outcome>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(ended).map(([name, { status, code }]) => [name, code ?? status]))

export const all = (names: readonly string[], code: string) => Object.fromEntries(names.map((name) => [name, code]))

export interface HostileRig {
  readonly surroundings: HostileSurroundings
  readonly inside: Inside
  readonly site: HostileSite
  readonly videos: VideoSite
  readonly stack: Stack
  readonly origin: string
  readonly client: Client
  readonly worker: { output(): string }
  /** The path of a video of somebody else's, which lies in the library. */
  readonly secret: string
  /** Submits everything at once and waits for all: failures that may pass are tried again, with pauses. */
  outcomes(kind: 'info' | 'download', urls: Record<string, string>): Promise<Record<string, Outcome>>
  /** None of them has anything of the inside, wherever it was to come from. */
  expectNothingStolen(ended: Record<string, Outcome>): void
}

/** One stack for all tests of the file; whatever a test was about, nobody may have come in after it. */
export function useHostileRig(): HostileRig {
  let surroundings: HostileSurroundings
  let inside: Inside
  let site: HostileSite
  let videos: VideoSite
  let stack: Stack
  let origin: string
  let client: Client
  let worker: { output(): string }
  let secret: string
  let secretDigest: string

  beforeAll(async () => {
    surroundings = await startHostileSurroundings()
    inside = await startInside()
    site = await startHostileSite()
    videos = await startVideoSite()
    const proxy = `http://127.0.0.1:${inside.port}`
    stack = await startStack({
      settings: {
        RATE_LIMIT_PER_MINUTE: '0',
        MAX_REQUESTS_PER_MINUTE: '0',
        MAX_DOWNLOADS_PER_CLIENT: '0',
        WORKER_INFO_CONCURRENCY: '4',
        WORKER_DOWNLOAD_CONCURRENCY: '4',
        EGRESS_ALLOW: `${site.host},${videos.host}:${videos.port}`,
        // The listener's own port is allowed, so that only the check of addresses can be what protects it.
        EGRESS_PORTS: `80,443,${inside.port}`,
        NO_PROXY: '*',
        no_proxy: '*',
        ALL_PROXY: proxy,
        all_proxy: proxy,
        HTTP_PROXY: proxy,
        http_proxy: proxy,
        HTTPS_PROXY: proxy,
        https_proxy: proxy,
        A_SECRET_OF_THE_WORKER: 'canary-7f3a',
        ...surroundings.settings,
      },
    })
    await mkdir(join(stack.dataDir, 'library'), { recursive: true })
    secret = join(stack.dataDir, 'library', 'secret.mp4')
    const words =
      '-v error -f lavfi -i testsrc=size=64x64:rate=5:duration=1 -f lavfi -i sine=duration=1 -c:a aac'.split(' ')
    await promisify(execFile)(readRuntime().ffmpeg, [...words, secret])
    secretDigest = createHash('sha256')
      .update(await readFile(secret))
      .digest('hex')
    const started = await Promise.all([stack.startGateway(), stack.startWorker()])
    origin = started[0].origin
    worker = started[1]
    client = clientOf(origin)
  }, 120_000)

  afterAll(async () => {
    await stack?.stop()
    await videos?.stop()
    await site?.stop()
    await inside?.stop()
    await surroundings?.stop()
  })

  /** Whatever a test was about: nobody ever comes in, and nothing ever gets out. */
  afterEach(async () => {
    expect(inside.seen).toEqual([])
    expectCheckedTargets()
    expect(await readdir(join(stack.dataDir, 'library'))).toEqual(expect.arrayContaining(['secret.mp4']))
  })

  /** An upstream proxy is asked for what was checked, by its address, and for nothing else. */
  function expectCheckedTargets(): void {
    const allowed = new Set([site.host, `${videos.host}:${videos.port}`])
    expect((surroundings.targets ?? []).filter((target) => !allowed.has(target))).toEqual([])
  }

  async function outcomes(kind: 'info' | 'download', urls: Record<string, string>): Promise<Record<string, Outcome>> {
    const jobs = Object.entries(urls).map(async ([name, url]): Promise<[string, Outcome]> => {
      const { status, body } = await client.post(`/api/video-scraper/${kind}`, { url })
      if (status === 400) return [name, { status: 'refused', code: body.code }]
      expect([name, status]).toEqual([name, 202])
      return [name, await client.ended(String(body.job_id ?? body.download_id), 300_000)]
    })
    return Object.fromEntries(await Promise.all(jobs))
  }

  function expectNothingStolen(ended: Record<string, Outcome>): void {
    for (const [name, outcome] of Object.entries(ended)) {
      expect([name, outcome.sha256]).not.toEqual([name, secretDigest])
      const shown = JSON.stringify({ ...outcome, url: null, source_url: null, video_info: null })
      expect([name, shown]).toEqual([name, expect.not.stringMatching(/canary-7f3a|secret\.mp4|root:x:|\/yt_dlp\//)])
    }
  }

  return {
    get surroundings() {
      return surroundings
    },
    get inside() {
      return inside
    },
    get site() {
      return site
    },
    get videos() {
      return videos
    },
    get stack() {
      return stack
    },
    get origin() {
      return origin
    },
    get client() {
      return client
    },
    get worker() {
      return worker
    },
    get secret() {
      return secret
    },
    outcomes,
    expectNothingStolen,
  }
}
