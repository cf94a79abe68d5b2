/**
 * The video site as a program, for the demo and for compose: HOST, PORT and FFMPEG say where and with what, LATENCY_MS how far away.
 * With SECURE_NAME it serves HTTPS as well, under that name at SECURE_PORT, and writes what vouches for it to AUTHORITY_FILE.
 */
import { writeFile } from 'node:fs/promises'
import { createCertificateAuthority } from './certificates.ts'
import { createMedia } from './media.ts'
import { startVideoSite, type VideoSite } from './video-site.ts'

const { HOST, PORT, FFMPEG, LATENCY_MS, SECURE_NAME, SECURE_PORT, AUTHORITY_FILE } = process.env

const common = {
  host: HOST || '127.0.0.1',
  latencyMs: Number(LATENCY_MS || 0),
  media: createMedia(FFMPEG ? { ffmpeg: FFMPEG } : {}),
}

async function startSecureSite(name: string): Promise<VideoSite> {
  const authority = createCertificateAuthority()
  const tls = { ...authority.issue({ name }), name }
  const secure = await startVideoSite({ ...common, port: Number(SECURE_PORT || 0), tls })
  if (AUTHORITY_FILE) await writeFile(AUTHORITY_FILE, authority.cert)
  return secure
}

// The plain one comes last: when it answers, the other one does, too.
const secure = SECURE_NAME ? [await startSecureSite(SECURE_NAME)] : []
const sites = [await startVideoSite({ ...common, port: Number(PORT || 0) }), ...secure]

process.stdout.write(`${sites.map(({ origin }) => origin).join(' ')}\n`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void Promise.all(sites.map((site) => site.stop())).then(() => process.exit(0))
  })
}
