/** The place where measurements happen: a video site and whole stacks, all of which end with it. */
import { readRuntime, startStack, temporaryFolder } from '@video-scraper/testkit'
import { launchVideoSite } from './launch.mjs'

/** Limits off, since they would be what is measured; that of all requests costs what it costs everywhere. */
const WITHOUT_LIMITS = {
  RATE_LIMIT_PER_MINUTE: '0',
  MAX_REQUESTS_PER_MINUTE: '1000000000',
  MAX_DOWNLOADS_PER_CLIENT: '0',
  MAX_WAITING_JOBS: '0',
  MAX_WAITING_JOBS_PER_CLIENT: '0',
  MAX_STREAMS_PER_CLIENT: '0',
  MAX_CONNECTIONS_PER_ADDRESS: '0',
}

/** `LOG_LEVEL`: bare Fastify and a quiet yt-dlp write nothing either. */
const GATEWAY = { LOG_LEVEL: 'warn', NODE_ENV: 'production' }

export async function openLab() {
  const endings = []
  const keep = (thing) => {
    endings.push(() => thing.end())
    return thing
  }
  const nearSite = keep(await launchVideoSite())
  return {
    runtime: readRuntime(),
    site: nearSite,
    keep,
    /** A stack of its own, and a folder on the same disk for what a shell downloads; with `latencyMs` also a site that is so far away. */
    async worksite({ latencyMs = 0 } = {}) {
      const site = latencyMs === 0 ? nearSite : keep(await launchVideoSite({ latencyMs }))
      const stack = await startStack({ settings: { ...WITHOUT_LIMITS, EGRESS_ALLOW: new URL(site.origin).host } })
      endings.push(() => stack.stop())
      const folder = await temporaryFolder()
      endings.push(() => folder.remove())
      // The kit knows that a worker is ready by a line of level `info`, so the worker writes the few lines of each job.
      return {
        site,
        folder: folder.path,
        stack: { ...stack, startGateway: (settings = {}) => stack.startGateway({ ...GATEWAY, ...settings }) },
      }
    },
    /** Ends everything, newest first. May be called again. */
    async close() {
      for (const end of endings.splice(0).reverse()) await end()
    },
  }
}
