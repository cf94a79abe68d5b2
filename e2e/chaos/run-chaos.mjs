/** Chaos: clients use the stack while a fault happens every 5 to 20 s, then every invariant is looked at. */
import { setTimeout as delay } from 'node:timers/promises'
import { chooseFault, faults } from './faults.mjs'
import { checkInvariants } from './invariants.mjs'
import { runLoad } from './load.mjs'
import { randomOf } from './random.mjs'
import { createRequests } from './requests.mjs'
import { modes, startScene } from './scene.mjs'

const FAULT_EVERY_MS = [5000, 20_000]

/**
 * Runs each mode for its share of `minutes`; what is under way is waited for after that. Resolves to the number of broken
 * invariants; `say` gets the table. `signal` ends the faults early.
 */
export async function runChaos({ minutes, seed, say, signal = new AbortController().signal }) {
  let count = 0
  const random = randomOf(seed)
  const names = Object.keys(modes)
  for (const name of names) {
    if (signal.aborted) break
    say(`Chaos with ${name}, for ${(minutes / names.length).toFixed(1)} minutes (seed ${seed}) …`)
    const report = await runMode({ mode: modes[name], forMs: (minutes * 60_000) / names.length, random, signal, say })
    count += print(report, say)
  }
  return count
}

async function runMode({ mode, forMs, random, signal, say }) {
  const scene = await startScene(mode)
  try {
    const oddities = []
    const requests = createRequests({ scene, random, oddities })
    const over = endAfter(forMs, signal)
    const load = runLoad({ scene, requests, random, over, oddities })
    const injected = await injectFaults({ scene, random, over, oddities, say })
    const { jobs, followed } = await load
    say(`The faults are over; ${jobs.length} jobs are looked at …`)
    await followed
    const broken = await checkInvariants({ scene, requests, jobs })
    const codes = [...scene.workers.faults, ...scene.gateways.faults]
    return {
      jobs,
      injected,
      broken: { ...broken, 'answers that may not be': oddities, 'processes that ended badly': codes },
    }
  } finally {
    await scene.stop()
  }
}

/** Not `AbortSignal.any`: Node 20 may collect a time-out that only such a signal refers to, and then it never aborts. */
function endAfter(ms, signal) {
  const controller = new AbortController()
  const end = () => controller.abort()
  setTimeout(end, ms)
  if (signal.aborted) end()
  else signal.addEventListener('abort', end, { once: true })
  return controller.signal
}

async function injectFaults({ scene, random, over, oddities, say }) {
  const counts = {}
  for (;;) {
    await delay(random.between(...FAULT_EVERY_MS), null, { signal: over }).catch(() => undefined)
    if (over.aborted) return counts
    const name = chooseFault(random, counts)
    counts[name] = (counts[name] ?? 0) + 1
    say(`  ${name} …`)
    await faults[name].inject(scene, random).catch((error) => oddities.push(`${name}: ${error.message}`))
  }
}

function print({ jobs, injected, broken }, say) {
  const by = group(jobs)
  const ends = Object.entries(by).map(([status, some]) => `${some.length} ${status}`)
  const sum = Object.values(injected).reduce((total, each) => total + each, 0)
  say(`${jobs.length} jobs (${ends.join(', ')}), ${sum} faults`)
  for (const [name, times] of Object.entries(injected)) say(`  ${String(times).padStart(4)}  ${name}`)
  let count = 0
  for (const [name, which] of Object.entries(broken)) {
    count += which.length
    say(`  ${String(which.length).padStart(4)}  ${name}`)
    for (const each of which.slice(0, 20)) say(`          ${each}`)
  }
  return count
}

/** By how they ended. (`Object.groupBy` comes with Node 21.) */
function group(jobs) {
  const groups = {}
  for (const job of jobs) {
    const status = job.final?.status ?? 'lost'
    groups[status] = [...(groups[status] ?? []), job]
  }
  return groups
}
