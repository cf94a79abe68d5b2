/** What every story needs: a stack, a video site that it may fetch from, and a client. */
import {
  type Gateway,
  type Stack,
  type StackProcess,
  startStack,
  startVideoSite,
  type VideoSite,
} from '@video-scraper/testkit'
import { type Client, clientOf } from './client.ts'

export interface Surroundings {
  stack: Stack
  site: VideoSite
  gateway: Gateway
  worker: StackProcess
  client: Client
  stop(): Promise<void>
}

export const UNLIMITED = { RATE_LIMIT_PER_MINUTE: '0', MAX_REQUESTS_PER_MINUTE: '0', MAX_DOWNLOADS_PER_CLIENT: '0' }
/** Stories share a few sources, and each is notified of its own fetching. */
export const WITHOUT_MEMORY = { ...UNLIMITED, INFO_CACHE_SECONDS: '0', REUSE_FILES: 'false' }

/** `reachable`: who else may be reached than the video site, as `host:port`. */
export async function setTheScene(
  settings: Record<string, string> = WITHOUT_MEMORY,
  reachable: string[] = [],
): Promise<Surroundings> {
  const site = await startVideoSite()
  const EGRESS_ALLOW = [`${site.host}:${site.port}`, ...reachable].join(',')
  const stack = await startStack({ settings: { EGRESS_ALLOW, ...settings } })
  try {
    const [gateway, worker] = await Promise.all([stack.startGateway(), stack.startWorker()])
    return {
      stack,
      site,
      gateway,
      worker,
      client: clientOf(gateway.origin),
      stop: async () => {
        await stack.stop()
        await site.stop()
      },
    }
  } catch (error) {
    await stack.stop()
    await site.stop()
    throw error
  }
}
