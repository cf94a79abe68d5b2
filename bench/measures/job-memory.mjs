/** Memory of its own that a running info job takes, its launcher included, against a shell's; and what rest costs. */
import { setTimeout as delay } from 'node:timers/promises'
import { descendantsOf } from '@video-scraper/testkit'
import { api, post } from '../api-client.mjs'
import { startYtdlp } from '../peers/shell-ytdlp.mjs'
import { privateMemoryOf } from '../processes.mjs'
import { megabytes } from '../report.mjs'
import { median, medianRatio, takeTurns } from '../rounds.mjs'

const ROUNDS = 3
const TARGET = 0.65
const AT_ONCE = 4
const POLL_MS = 50
const ASKED_WITHIN_MS = 30_000
/** A page that is read and described, and a video whose server then says nothing: every side stops at the same place. */
const SOURCE = '/jsonld?src=/stall-page'

export async function jobMemory({ lab, rounds = ROUNDS, say }) {
  const { site, stack, folder } = await lab.worksite()
  const { origin } = await stack.startGateway()
  const worker = await stack.startWorker({ WORKER_INFO_CONCURRENCY: String(AT_ONCE), INFO_TIMEOUT_SECONDS: '0' })
  const settled = () => untilStable(() => descendantsOf(worker.pid).length)
  await settled()
  const rest = await sumOf(descendantsOf(worker.pid))

  /** Not a program that lies beside the work folders and is asked for its version. */
  const isJob = ({ commandLine }) => commandLine.includes(`${stack.dataDir}/work/`)
  /** Jobs are running when each has a process of its own that says so. */
  const ours = async (round) => {
    const ids = []
    for (let job = 0; job < AT_ONCE; job += 1) {
      const { job_id: id } = await post(api(origin, '/info'), { url: `${site.origin}${SOURCE}&title=${round}-${job}` })
      ids.push(id)
    }
    const ofJobs = await untilSo(() => {
      const found = descendantsOf(worker.pid).filter(isJob)
      return found.length === AT_ONCE && found
    })
    await grown(ofJobs)
    const bytes = (await sumOf(ofJobs)) / AT_ONCE
    for (const id of ids) await post(api(origin, `/job/${id}/cancel`), {})
    await untilSo(() => !descendantsOf(worker.pid).some(isJob))
    return bytes
  }
  const shell = async (round) => {
    const running = Array.from({ length: AT_ONCE }, (_, job) =>
      startYtdlp({ runtime: lab.runtime, folder, words: ['-J', `${site.origin}${SOURCE}&title=${round}-${job}`] }),
    )
    try {
      await grown(running)
      return (await sumOf(running)) / AT_ONCE
    } finally {
      for (const each of running) await each.end()
    }
  }
  const title = 'private memory of a running info job'
  const values = await takeTurns({ ours, shell }, { rounds, title, unit: megabytes, say })
  const ratio = medianRatio(values.ours, values.shell)
  say(`At rest the launcher and its waiting children hold ${megabytes(rest)} of their own.`)
  return [
    {
      measure: title,
      ours: `${megabytes(median(values.ours))} (at rest ${megabytes(rest)})`,
      peer: `${megabytes(median(values.shell))} (yt-dlp -J)`,
      ratio,
      target: { bound: 'atMost', limit: TARGET, value: ratio },
    },
  ]
}

async function sumOf(processes) {
  const bytes = await Promise.all(processes.map(({ pid }) => privateMemoryOf(pid)))
  return bytes.reduce((sum, each) => sum + each, 0)
}

/** Resolves when what they hold has not changed for a while: all of them wait for the silent server. */
const grown = (processes) => untilStable(() => sumOf(processes))

async function untilStable(look) {
  const deadline = performance.now() + ASKED_WITHIN_MS
  let [before, since] = [await look(), performance.now()]
  while (performance.now() - since < 1500) {
    if (performance.now() > deadline) throw new Error('It never came to rest.')
    await delay(POLL_MS)
    const now = await look()
    if (now !== before) [before, since] = [now, performance.now()]
  }
}

async function untilSo(check) {
  const deadline = performance.now() + ASKED_WITHIN_MS
  for (;;) {
    const answer = check()
    if (answer) return answer
    if (performance.now() > deadline) throw new Error('The jobs did not come to where they are measured.')
    await delay(POLL_MS)
  }
}
