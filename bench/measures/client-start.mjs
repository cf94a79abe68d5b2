/** What our clients cost before they do anything: how long they take to start, against the bare runtime, and how large the JavaScript client is. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { pythonClient } from '@video-scraper/testkit'
import { projectRoot } from '../../scripts/runtime/paths.mjs'
import { milliseconds } from '../report.mjs'
import { median, medianRatio, takeTurns } from '../rounds.mjs'

const ROUNDS = 15
/** What the JavaScript client promises to be at most, compressed. */
const BYTES_MAX = 12_000

const run = promisify(execFile)
const javascript = `${projectRoot}/clients/js`
const bundle = `${javascript}/dist/esm`
const ofNode = (text) => [process.execPath, '--input-type=module', '-e', text]
const bareNode = { name: 'bare Node', command: ofNode('') }

/** Each start against what has to start in any case. In Python, our own part takes no longer than httpx, on which it stands. */
function rowsOf(python) {
  const httpx = { name: 'import httpx', command: [python, '-c', 'import httpx'] }
  return {
    'import of the JavaScript client': {
      command: ofNode(`import ${JSON.stringify(`${bundle}/index.js`)}`),
      peer: bareNode,
      target: 1.5,
    },
    'video-scraper --version (JavaScript)': {
      command: [process.execPath, `${bundle}/command-line/main.js`, '--version'],
      peer: bareNode,
      target: 1.75,
    },
    'import of the Python client': { command: [python, '-c', 'import video_scraper'], peer: httpx, target: 2 },
    'video-scraper --version (Python)': {
      command: [python, '-m', 'video_scraper', '--version'],
      peer: httpx,
      target: 2,
    },
  }
}

export async function clientStart({ rounds = ROUNDS, say }) {
  await run(process.execPath, [`${javascript}/scripts/build.mjs`])
  const rows = []
  for (const [title, { command, peer, target }] of Object.entries(rowsOf(pythonClient().python))) {
    const sides = { ours: () => timed(command), peer: () => timed(peer.command) }
    const values = await takeTurns(sides, { rounds, title, unit: milliseconds, say })
    const ratio = medianRatio(values.ours, values.peer)
    rows.push({
      measure: title,
      ours: milliseconds(median(values.ours)),
      peer: `${milliseconds(median(values.peer))} (${peer.name})`,
      ratio,
      target: { bound: 'atMost', limit: target, value: ratio },
    })
  }
  return [...rows, await sizeRow()]
}

/** From the start of the program to its end. */
async function timed([program, ...argv]) {
  const startedAt = performance.now()
  await run(program, argv)
  return performance.now() - startedAt
}

async function sizeRow() {
  const { stdout } = await run(process.execPath, [`${javascript}/scripts/compressed-size.mjs`])
  const ratio = Number(stdout) / BYTES_MAX
  return {
    measure: 'size of the JavaScript client, compressed, with what saves files',
    ours: kilobytes(Number(stdout)),
    peer: `${kilobytes(BYTES_MAX)} (promised)`,
    ratio,
    target: { bound: 'atMost', limit: 1, value: ratio },
  }
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`
