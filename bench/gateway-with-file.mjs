/** A gateway whose library holds one large file, which came there as every file does: by a download. */
import { join } from 'node:path'
import { api, post, untilCompleted } from './api-client.mjs'

const POLL_MS = 100

/** Resolves to the gateway, the address of the file, and its path on the disk. */
export async function gatewayWithFile(lab, bytes) {
  const { site, stack } = await lab.worksite()
  const gateway = await stack.startGateway()
  const worker = await stack.startWorker()
  const wanted = { url: `${site.origin}/big.mp4?bytes=${bytes}&rate=0` }
  const { download_id: id } = await post(api(gateway.origin, '/download'), wanted)
  const { filename } = await untilCompleted(api(gateway.origin, `/status/${id}`), POLL_MS)
  await worker.end('SIGTERM')
  return {
    gateway,
    url: api(gateway.origin, `/download/${filename}`),
    path: join(stack.dataDir, 'library', filename),
  }
}
