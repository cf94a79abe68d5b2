/** The faults, each of which undoes itself: what is done to which process, and for how long. */
import { setTimeout as delay } from 'node:timers/promises'
import { descendantsOf } from '@video-scraper/testkit'

const signal = (pid, name) => {
  try {
    process.kill(pid, name)
  } catch {
    // It has ended meanwhile.
  }
}

async function freeze(pids, ms) {
  for (const pid of pids) signal(pid, 'SIGSTOP')
  await delay(ms)
  for (const pid of pids) signal(pid, 'SIGCONT')
}

const any = (random) => random.pick([0, 1])
const jobProcesses = ({ workers }) => workers.running.flatMap(({ pid }) => descendantsOf(pid))

/** `weight`: how often, compared with the others. `most`: how often in one run; default: any number. */
export const faults = {
  'kill -9 of a worker': { weight: 4, inject: ({ workers }, random) => workers.replace(any(random), 'SIGKILL') },
  'SIGTERM of a worker': { weight: 3, inject: ({ workers }, random) => workers.replace(any(random), 'SIGTERM') },
  'SIGTERM of both workers': {
    weight: 1,
    inject: ({ workers }) => Promise.all([0, 1].map((at) => workers.replace(at, 'SIGTERM'))),
  },
  'a frozen worker': {
    weight: 3,
    inject: ({ workers }, random) => freeze([workers.running[any(random)].pid], random.between(2000, 35_000)),
  },
  'a worker frozen with its children': {
    weight: 3,
    inject: ({ workers }, random) => {
      const { pid } = workers.running[any(random)]
      return freeze([pid, ...descendantsOf(pid).map((child) => child.pid)], random.between(2000, 35_000))
    },
  },
  'kill -9 of a gateway': { weight: 3, inject: ({ gateways }, random) => gateways.replace(any(random), 'SIGKILL') },
  'SIGTERM of a gateway': { weight: 1, inject: ({ gateways }, random) => gateways.replace(any(random), 'SIGTERM') },
  'kill -9 of Redis': {
    weight: 3,
    async inject({ redis }, random) {
      const { server } = redis
      await server.kill9()
      await delay(random.between(0, 6000))
      await server.restart()
    },
  },
  'a frozen Redis': {
    weight: 3,
    async inject({ redis }, random) {
      const { server } = redis
      server.freeze()
      await delay(random.between(1000, 25_000))
      server.thaw()
    },
  },
  'a full Redis': {
    weight: 3,
    async inject({ redis }, random) {
      const { connection } = redis
      await connection.config('SET', 'maxmemory', '1')
      await delay(random.between(3000, 20_000))
      await connection.config('SET', 'maxmemory', '0')
    },
  },
  'a fail-over of Redis': { weight: 2, inject: ({ redis }) => redis.failOver() },
  // A job has three attempts, so at most two of them may be taken from it.
  'kill -9 of a process of a job': {
    weight: 1,
    most: 2,
    async inject(scene, random) {
      const children = jobProcesses(scene).filter(({ commandLine }) => /runner|ffmpeg|yt-dlp/.test(commandLine))
      if (children.length > 0) signal(random.pick(children).pid, 'SIGKILL')
    },
  },
}

/** The next one, by weight. `counts`: how often each was injected so far. */
export function chooseFault(random, counts) {
  const open = Object.entries(faults).filter(
    ([name, { most = Number.POSITIVE_INFINITY }]) => (counts[name] ?? 0) < most,
  )
  const names = open.flatMap(([name, { weight }]) => Array.from({ length: weight }, () => name))
  return random.pick(names)
}
