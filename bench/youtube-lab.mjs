/** A local YouTube with a player as large as YouTube's, and the stack and the shell on the way to it, both over HTTPS. */
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import {
  createCertificateAuthority,
  NAMED_ADDRESS,
  startLocalYoutube,
  startNameServer,
  YOUTUBE_NAMES,
} from '@video-scraper/testkit'
import { api, post, untilCompleted } from './api-client.mjs'

const POLL_MS = 10
const PREPARED_WITHIN_MS = 60_000

/** `worker`: settings of the worker. */
export async function openYoutubeLab(lab, worker = {}) {
  const authority = createCertificateAuthority()
  const youtube = await startLocalYoutube({ authority })
  const names = await startNameServer(Object.fromEntries(YOUTUBE_NAMES.map((name) => [name, [NAMED_ADDRESS]])))
  lab.keep({ end: () => Promise.all([youtube.stop(), names.stop()]) })
  const { stack, folder } = await lab.worksite()
  const authorityFile = join(folder, 'authority.pem')
  await writeFile(authorityFile, authority.cert)
  const { origin } = await stack.startGateway()
  const { pid } = await stack.startWorker({
    EGRESS_CA_FILE: authorityFile,
    EGRESS_DNS_SERVERS: names.address,
    EGRESS_UPSTREAM_PROXY: youtube.proxyUrl,
    ...worker,
  })
  const players = join(stack.dataDir, 'players')
  const kept = async () => (await readdir(players).catch(() => [])).filter((name) => name.endsWith('.js'))
  let number = 0
  const url = (kind) => {
    number += 1
    return youtube.url(kind, number)
  }
  const start = async (kind) => (await post(api(origin, '/info'), { url: url(kind) })).job_id
  return {
    youtube,
    origin,
    folder,
    dataDir: stack.dataDir,
    worker: pid,
    start,
    /** Starts an info job for another video of this kind, and resolves when it has completed. */
    info: async (kind) => untilCompleted(api(origin, `/job/${await start(kind)}`), POLL_MS),
    /** Resolves when the worker has prepared another player than those of before, which `look` returned. */
    look: kept,
    async prepared(before) {
      const deadline = performance.now() + PREPARED_WITHIN_MS
      while (!(await kept()).some((name) => !before.includes(name))) {
        if (performance.now() > deadline) throw new Error('The player was never prepared.')
        await delay(POLL_MS)
      }
    },
    /** What a shell's yt-dlp needs to get there, with the same way to trust and the same deno. */
    shell: (kind) => ({
      runtime: lab.runtime,
      folder,
      words: [
        ...['-J', '--proxy', youtube.proxyUrl, '--compat-options', 'no-certifi'],
        ...['--js-runtimes', `deno:${lab.runtime.deno}`, url(kind)],
      ],
      env: { SSL_CERT_FILE: authorityFile },
    }),
  }
}
