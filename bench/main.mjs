/** Measures what we promise about speed, each figure against a peer in the same run, and prints one table. */
import { cpus, loadavg } from 'node:os'
import { openLab } from './lab.mjs'
import { again } from './measures/again.mjs'
import { clientStart } from './measures/client-start.mjs'
import { clip } from './measures/clip.mjs'
import { crowd } from './measures/crowd.mjs'
import { delivery } from './measures/delivery.mjs'
import { download } from './measures/download.mjs'
import { fragments } from './measures/fragments.mjs'
import { freshness } from './measures/freshness.mjs'
import { housekeeping } from './measures/housekeeping.mjs'
import { info } from './measures/info.mjs'
import { interimAnswers } from './measures/interim-answers.mjs'
import { javascript } from './measures/javascript.mjs'
import { javascriptMemory } from './measures/javascript-memory.mjs'
import { jobMemory } from './measures/job-memory.mjs'
import { keys } from './measures/keys.mjs'
import { listing } from './measures/listing.mjs'
import { memory } from './measures/memory.mjs'
import { playlist } from './measures/playlist.mjs'
import { proxy } from './measures/proxy.mjs'
import { requests } from './measures/requests.mjs'
import { slowClients } from './measures/slow-clients.mjs'
import { sound } from './measures/sound.mjs'
import { streams } from './measures/streams.mjs'
import { readOptions } from './options.mjs'
import { tableOf } from './report.mjs'

const measures = {
  memory,
  'job-memory': jobMemory,
  info,
  javascript,
  'javascript-memory': javascriptMemory,
  crowd,
  'interim-answers': interimAnswers,
  again,
  download,
  fragments,
  sound,
  clip,
  playlist,
  freshness,
  proxy,
  requests,
  keys,
  delivery,
  'slow-clients': slowClients,
  listing,
  streams,
  housekeeping,
  'client-start': clientStart,
}

/**
 * Runs the measures that `words` ask for and prints the table. A missed target is a result like any other; only what
 * could not be measured is an error.
 */
export async function runBench(words, say) {
  const { only, rounds } = readOptions(words, Object.keys(measures))
  const startedAt = performance.now()
  const load = () => loadavg()[0].toFixed(1)
  const before = load()
  const rows = []
  for (const name of only) rows.push(...(await inLab((lab) => measures[name]({ lab, rounds, say }))))
  const took = Math.round((performance.now() - startedAt) / 1000)
  say(`\n${tableOf(rows)}\n`)
  say('Sides took turns; values are medians, a ratio is the median of the ratios within each round.')
  say(
    `Node ${process.version}, ${cpus().length} processors, load ${before} at the start and ${load()} at the end, ${took} s.`,
  )
}

/** Each measure gets a lab of its own, which ends with it, also when somebody interrupts. */
async function inLab(measure) {
  const lab = await openLab()
  let interrupted = false
  const interrupt = (signal) => {
    interrupted = true
    void lab.close().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143))
  }
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  try {
    return await measure(lab)
  } catch (error) {
    // What an interrupted measure says last is of no interest; the process ends when everything else has.
    if (interrupted) await new Promise(() => {})
    throw error
  } finally {
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', interrupt)
    await lab.close()
  }
}
