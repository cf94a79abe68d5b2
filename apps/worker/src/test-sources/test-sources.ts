/**
 * Addresses of `https://test.invalid` are answered by the worker itself, so that whoever writes a client needs no site to try it.
 * The real yt-dlp reads a real site, on loopback, through a proxy that leads there and nowhere else (decision record 0054).
 */
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTargetPolicy, type EgressProxy, startEgressProxy } from '@video-scraper/egress'
import type { Engine } from '@video-scraper/ytdlp'
import { answerTest, isTestSource, TEST_HOST } from './test-answers.ts'

const MEDIA = new URL('../../data/test-source.mp4', import.meta.url)
/** All of them together have some kilobytes. */
const BYTES_MAX = 16 * 1024 * 1024

type Context = Parameters<Engine['extractInfo']>[1]

export interface TestSources {
  /** The same engine, but for addresses of test sources. */
  engine: Engine
  close(): Promise<void>
}

/** `ofTests`: what reads test sources, where that is another one. What comes of them says nothing of a version on trial. */
export async function withTestSources(engine: Engine, ofTests: () => Engine = () => engine): Promise<TestSources> {
  const site = await startSite(await readFile(MEDIA))
  const host = `${TEST_HOST}:${(site.address() as AddressInfo).port}`
  const resolve = async (name: string) => (name === TEST_HOST ? ['127.0.0.1'] : [])
  const proxy = await startEgressProxy({ policy: createTargetPolicy({ allow: [host], ports: [], resolve }) })

  const insideUrl = (url: string) => `http://${host}${new URL(url).pathname}`
  /** What is said of the site inside is said of the one that was asked for. */
  const outside = <Reported>(reported: Reported): Reported =>
    JSON.parse(JSON.stringify(reported).replaceAll(`http://${host}`, `https://${TEST_HOST}`)) as Reported

  return {
    engine: {
      ...engine,
      async extractInfo(request, context) {
        if (!isTestSource(request.url)) return engine.extractInfo(request, context)
        // The record of an extraction names a port of this process.
        const { onRecord: _, ...asked } = request
        return outside(
          await inside(proxy, context, (own) => ofTests().extractInfo({ ...asked, url: insideUrl(request.url) }, own)),
        )
      },
      async fetchCaptions(request, context) {
        if (!isTestSource(request.url)) return engine.fetchCaptions(request, context)
        const asked = { ...request, url: insideUrl(request.url) }
        const captions = await inside(proxy, context, (own) => ofTests().fetchCaptions(asked, own))
        return { ...captions, webpageUrl: outside(captions.webpageUrl) }
      },
      async listEntries(request, context) {
        if (!isTestSource(request.url)) return engine.listEntries(request, context)
        return outside(
          await inside(proxy, context, (own) =>
            ofTests().listEntries({ ...request, url: insideUrl(request.url) }, own),
          ),
        )
      },
      async download(request, context) {
        if (!isTestSource(request.url)) return engine.download(request, context)
        const asked = { ...request, url: insideUrl(request.url), extraction: null }
        const media = await inside(proxy, context, (own) => ofTests().download(asked, own))
        return { ...media, webpageUrl: outside(media.webpageUrl) }
      },
    },
    async close() {
      await proxy.close()
      site.closeAllConnections()
      site.close()
      await once(site, 'close')
    },
  }
}

/** Does it with the one way out that leads to the test sources alone. */
async function inside<Reported>(
  proxy: EgressProxy,
  context: Context,
  run: (context: Context) => Promise<Reported>,
): Promise<Reported> {
  const admission = proxy.admit(context.jobId, { maxBytes: BYTES_MAX })
  try {
    return await run({ ...context, egress: admission })
  } finally {
    admission.revoke()
  }
}

async function startSite(media: Buffer): Promise<Server> {
  const site = createServer((request, response) => answerTest({ request, response, media })).listen(0, '127.0.0.1')
  await once(site, 'listening')
  return site
}
