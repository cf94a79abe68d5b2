/** The command lines of all libraries are alike to the letter: one list of words, exit codes and texts for all. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { eventually } from '@video-scraper/testkit'
import { isMeant } from './fault-proxy.ts'
import { differences } from './matching.ts'
import type { Fault } from './scenario.ts'
import { substituted } from './substitution.ts'
import type { Surroundings } from './surroundings.ts'

export interface CommandScenario {
  readonly title: string
  readonly words: readonly string[]
  readonly faults?: readonly Fault[]
  readonly exit: number
  /** What it writes, without the last line end. */
  readonly out?: string
  readonly err?: string
  /** What it writes, as JSON. */
  readonly json?: unknown
  /** What is in `{folder}` then. */
  readonly files?: readonly string[]
  /** Sends SIGINT once such a request was made. */
  readonly interrupt_when?: string
  /** The newest job then. */
  readonly newest?: object
}

/** `command` starts the command line. Resolves with the differences, as sentences. */
export async function runCommandScenario(
  scenario: CommandScenario,
  [program = '', ...argv]: readonly string[],
  { site, proxy, gateway }: Pick<Surroundings, 'site' | 'proxy' | 'gateway'>,
  folder: string,
): Promise<string[]> {
  const known = { site: site.origin, folder }
  proxy.begin(scenario.faults ?? [])
  const words = substituted(scenario.words, known) as string[]
  const child = spawn(program, [...argv, ...words], {
    env: { PATH: process.env.PATH ?? '', VIDEO_SCRAPER_URL: proxy.origin },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const reported = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    reported.out += chunk
  })
  child.stderr.on('data', (chunk) => {
    reported.err += chunk
  })
  const ended = once(child, 'close')
  const { interrupt_when } = scenario
  if (interrupt_when) {
    await eventually(() => proxy.seen.some((request) => isMeant(interrupt_when, request)))
    child.kill('SIGINT')
  }
  const [code] = await ended
  const expected = substituted(scenario, known) as CommandScenario
  return [
    ...differences(code, expected.exit, `the exit code (${reported.err.trim()})`),
    ...textProblems(reported.out, expected.out, 'the output'),
    ...textProblems(reported.err, expected.err, 'the error stream'),
    ...(expected.json === undefined ? [] : differences(JSON.parse(reported.out), expected.json, 'the output')),
    ...(expected.files ? differences((await readdir(folder)).sort(), expected.files, 'the folder') : []),
    ...(expected.newest ? differences(await newestJob(gateway().origin), expected.newest, 'the newest job') : []),
  ]
}

const textProblems = (actual: string, expected: string | undefined, at: string): string[] =>
  expected === undefined ? [] : differences(actual.replace(/\n$/, ''), expected, at)

async function newestJob(origin: string): Promise<unknown> {
  const answer = await fetch(`${origin}/api/video-scraper/jobs?limit=1`)
  return ((await answer.json()) as { jobs: unknown[] }).jobs[0]
}
