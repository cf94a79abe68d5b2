/** A stack whose downloads take some seconds to encode, and what is seen of them from outside. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll } from '@jest/globals'
import { type Surroundings, setTheScene, UNLIMITED } from './surroundings.ts'

export const LIMIT = { timeoutMs: 90_000, everyMs: 50 }

export function useEncoding() {
  let scene: Surroundings
  beforeAll(async () => {
    scene = await setTheScene({ ...UNLIMITED, JOB_TIMEOUT_SECONDS: '30' })
    // The media are made when they are first asked for, which takes longer than a job waits.
    await (await fetch(scene.site.url('/long/mpeg4.mp4'))).arrayBuffer()
  }, 150_000)
  afterAll(() => scene?.stop())

  const folderOf = (id: string) => join(scene.stack.dataDir, 'work', id)
  const encoded = async (id: string) =>
    (await readdir(folderOf(id)).catch(() => [])).filter((name) => name.startsWith('universal.'))
  return {
    scene: () => scene,
    async begin(name: string): Promise<string> {
      const url = scene.site.url('/page', { src: '/long/mpeg4.mp4', name })
      const options = { compatibility: 'universal', transcode: true, fresh: true }
      const { body } = await scene.client.post('/api/video-scraper/download', { url, ...options })
      return String(body.download_id)
    },
    folderOf,
    /** Names of files that are encoded, or are being encoded. */
    encoded,
    isEncoding: async (id: string) => (await encoded(id)).some((name) => name.includes('.draft.')),
  }
}

export const codesOf = ({ warnings = [] }: Record<string, unknown>) =>
  (warnings as { code: string }[]).map(({ code }) => code)
