/** The video site as a program, for the demo and for compose: HOST, PORT and FFMPEG say where and with what, LATENCY_MS how far away. */
import { createMedia } from './media.ts'
import { startVideoSite } from './video-site.ts'

const { HOST, PORT, FFMPEG, LATENCY_MS } = process.env

const site = await startVideoSite({
  host: HOST || '127.0.0.1',
  port: Number(PORT || 0),
  latencyMs: Number(LATENCY_MS || 0),
  media: createMedia(FFMPEG ? { ffmpeg: FFMPEG } : {}),
})

process.stdout.write(`${site.origin}\n`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void site.stop().then(() => process.exit(0))
  })
}
