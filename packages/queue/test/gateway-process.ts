/** Runs a gateway as a process of its own, which ends by itself: well, or killed on the way to a job. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll } from '@jest/globals'
import type { JobKind } from '@video-scraper/contracts'
import type { AdmissionLimits, JobRequest } from '@video-scraper/queue'

const here = dirname(fileURLToPath(import.meta.url))
const packageFolder = join(here, '..')

export interface GatewayScript {
  url: string
  kind: JobKind
  /** The Idempotency-Key. */
  key: string
  request: JobRequest
  limits: AdmissionLimits
  dies: 'before admission' | 'before the job' | 'after the job' | 'never'
}

/** What became of it: the id that it asked for, whether it was notified that the job is there, and the signal that ended it. */
interface GatewayEnd {
  id: string
  accepted: boolean
  signal: NodeJS.Signals | null
}

/** Node 20 cannot run the sources, so the process runs what the compiler makes of them. */
export function useGatewayProcesses(): (script: GatewayScript) => Promise<GatewayEnd> {
  beforeAll(() => {
    execFileSync(
      process.execPath,
      [join(packageFolder, '../../node_modules/typescript/bin/tsc'), '-b', packageFolder],
      { env: {} },
    )
  }, 120_000)
  return async (script) => {
    const child = spawn(process.execPath, [join(here, 'fixtures/gateway-process.mjs'), JSON.stringify(script)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {},
      timeout: 30_000,
    })
    let text = ''
    child.stdout.on('data', (bytes: Buffer) => {
      text += bytes.toString()
    })
    const [, signal] = await once(child, 'close')
    const [first = '', second] = text.trim().split('\n')
    return { id: first.replace('id ', ''), accepted: second === 'accepted', signal: signal as NodeJS.Signals | null }
  }
}
