/** The stage of the engine with a local YouTube behind its egress proxy. */

import { join } from 'node:path'
import { createSafeFetch, createTargetPolicy, parseUpstreamProxy, type TokenProvider } from '@video-scraper/egress'
import { createCertificateAuthority, type LocalYoutube, NAMED_ADDRESS, startLocalYoutube } from '@video-scraper/testkit'
import type { Engine } from '../src/index.ts'
import { type Stage, startStage } from './stage.ts'

export interface YoutubeStage {
  readonly stage: Stage
  readonly youtube: LocalYoutube
  /** Keeps players in a folder of its own, as the worker's engine does. */
  readonly engine: Engine
  readonly playersFolder: string
  stop(): Promise<void>
}

/** `fillerBytes`: how much code a player has beside what solves; little of it makes a job quick. `tokens`: who is asked for PO tokens. */
export async function startYoutubeStage({
  fillerBytes = 20_000,
  tokens = null,
}: {
  fillerBytes?: number
  tokens?: TokenProvider | null
} = {}): Promise<YoutubeStage> {
  const authority = createCertificateAuthority()
  const youtube = await startLocalYoutube({ authority, fillerBytes })
  const upstream = parseUpstreamProxy(youtube.proxyUrl)
  const resolve = async (): Promise<string[]> => [NAMED_ADDRESS]
  const stage = await startStage({ scheme: 'https', authority, wayOut: { resolve, upstream, tokens } })
  const fetch = createSafeFetch({
    policy: createTargetPolicy({ allow: [], resolve }),
    upstream,
    timeoutMs: 10_000,
    maxBytes: 2 ** 24,
    certificateAuthorities: [authority.cert],
  })
  const playersFolder = join(stage.options.ffmpegLocation, '..', 'players')
  const engine = stage.engineWith({
    players: { folder: playersFolder, fetch: async (address, signal) => (await fetch(address, { signal })).body },
  })
  await engine.warmUp()
  return {
    stage,
    engine,
    playersFolder,
    youtube,
    async stop() {
      await stage.stop()
      await youtube.stop()
    },
  }
}
