/** A probe of the sandbox as lines for a terminal. */
import type { Layer, ProbeReport } from '@video-scraper/ytdlp'

const words = {
  landlock: 'Landlock',
  systemCalls: 'system calls',
  capabilities: 'capabilities',
  ownUser: 'own user',
} as const satisfies Record<Layer, string>

type Attempt = ProbeReport['attempts'][number]

/** Which layers refuse it, each of them alone. */
function reason({ by, refused, refusedAnyway }: Attempt): string {
  if (refusedAnyway) return 'this kernel or user, also without a sandbox'
  if (by.length > 0) return by.map((layer) => words[layer]).join(', ')
  return refused ? 'the layers together' : 'nothing'
}

export function probeTable({ attempts }: ProbeReport): string {
  const width = Math.max(...attempts.map(({ what }) => what.length))
  const lines = attempts.map((attempt, index) => {
    const heading = attempt.area === attempts[index - 1]?.area ? '' : `\n${attempt.area}\n`
    return `${heading}  ${attempt.refused ? 'refused' : 'OPEN   '}  ${attempt.what.padEnd(width)}  ${reason(attempt)}`
  })
  const open = attempts.filter(({ refused }) => !refused).length
  const sum = `\n${attempts.length - open} of ${attempts.length} are refused to a job here.\n`
  return `${lines.join('\n').trimStart()}\n${sum}`
}
