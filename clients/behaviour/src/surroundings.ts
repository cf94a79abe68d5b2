/** What the scenarios run against: a whole stack, a video site, and the proxy with its faults before the gateway. */
import { type Gateway, startStack, startVideoSite, type VideoSite } from '@video-scraper/testkit'
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts'

export interface Surroundings {
  readonly site: VideoSite
  readonly proxy: FaultProxy
  readonly gateway: () => Gateway
  stop(): Promise<void>
}

/** Limits and caches are off: each scenario sees its own work only. */
const SETTINGS = {
  RATE_LIMIT_PER_MINUTE: '0',
  MAX_REQUESTS_PER_MINUTE: '0',
  MAX_DOWNLOADS_PER_CLIENT: '0',
  INFO_CACHE_SECONDS: '0',
  REUSE_FILES: 'false',
}

export async function setTheScene(): Promise<Surroundings> {
  const site = await startVideoSite()
  const settings = { EGRESS_ALLOW: `${site.host}:${site.port}`, ...SETTINGS }
  const stack = await startStack({ settings }).catch(async (error: unknown) => {
    await site.stop()
    throw error
  })
  const stop = async () => {
    await stack.stop()
    await site.stop()
  }
  try {
    let [gateway] = await Promise.all([stack.startGateway(), stack.startWorker()])
    const killGateway = async () => {
      await gateway.end('SIGKILL')
      gateway = await stack.startGateway()
    }
    const proxy = await startFaultProxy({ upstream: () => gateway.origin, killGateway })
    return {
      site,
      proxy,
      gateway: () => gateway,
      async stop() {
        await proxy.stop()
        await stop()
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}
