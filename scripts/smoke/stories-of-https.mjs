/** Stories of sources over HTTPS: whom the stack trusts, and how it is seen. */
import assert from 'node:assert/strict'
import { createClient, ORIGINS, site } from './client.mjs'
import { fileIsAsReported } from './stories-of-use.mjs'

/** The certificate is good, but for another name. */
export async function wrongNamesAreRefused(composition) {
  const client = createClient(composition)
  const { status, code } = await client.described(await client.startInfo(site('/jsonld', {}, ORIGINS.stranger)))
  assert.deepEqual({ status, code }, { status: 'failed', code: 'bad_certificate' })
}

/** The site refuses Python's handshake with 403 and serves that of a browser, for the page and for the video. */
export async function sitesForBrowsersAreRead(composition) {
  const client = createClient(composition)
  const page = site('/browsers-only/page', { src: '/browsers-only/video.mp4' })
  await fileIsAsReported(client, await client.untilCompleted(await client.startDownload(page), 90_000))
}
