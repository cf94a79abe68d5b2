/** Runs one scenario, and says where the client did not do what is expected of it. */
import type { Driver } from './driver.ts'
import { isMeant, type SeenRequest } from './fault-proxy.ts'
import { differences } from './matching.ts'
import { ownCalls } from './own-calls.ts'
import type { RequestExpectation, Scenario, Step } from './scenario.ts'
import { substituted } from './substitution.ts'
import type { Surroundings } from './surroundings.ts'

/** Resolves with the differences, as sentences. `folder` is empty, and the scenario's own. */
export async function runScenario(
  scenario: Scenario,
  driver: Driver,
  { site, proxy }: Pick<Surroundings, 'site' | 'proxy'>,
  folder: string,
): Promise<string[]> {
  const known: Record<string, unknown> = { site: site.origin, folder, service: proxy.origin }
  const client = { base_url: proxy.origin, ...scenario.client }
  const problems: string[] = []
  const logged: unknown[] = []
  proxy.begin(scenario.faults ?? [])
  for (const [index, step] of scenario.steps.entries()) {
    const parameters = substituted(step.with ?? {}, known) as object
    const outcome = await (ownCalls[step.call]?.(parameters) ?? driver.perform(client, step.call, parameters))
    logged.push(...(outcome.log ?? []))
    if (step.keep) known[step.keep] = outcome.result
    problems.push(...stepProblems(step, outcome, known).map((problem) => `step ${index + 1}, ${step.call}: ${problem}`))
    if (problems.length > 0) break
  }
  const text = JSON.stringify(logged)
  const reported = (scenario.never_logged ?? []).filter((secret) => text.includes(secret))
  return [
    ...problems,
    ...(scenario.requests ?? []).flatMap((expectation) => requestProblems(expectation, proxy.seen)),
    ...reported.map((secret) => `the log holds ${secret}`),
  ]
}

function stepProblems(step: Step, outcome: Awaited<ReturnType<Driver['perform']>>, known: Record<string, unknown>) {
  if (step.error) return differences(outcome.error, substituted(step.error, known), 'the error')
  if (outcome.error) return [`it ended with ${JSON.stringify(outcome.error)}`]
  return step.result === undefined ? [] : differences(outcome.result, substituted(step.result, known), 'the result')
}

function requestProblems(expected: RequestExpectation, seen: readonly SeenRequest[]): string[] {
  const { on, count, at_least = 0, same_header, last_has } = expected
  const meant = seen.filter((request) => isMeant(on, request))
  const problems: string[] = []
  if (count !== undefined && meant.length !== count) problems.push(`${on} was sent ${meant.length} times, not ${count}`)
  if (meant.length < at_least) problems.push(`${on} was sent ${meant.length} times, not at least ${at_least}`)
  if (same_header) {
    const values = new Set(meant.map(({ headers }) => headers[same_header]))
    if (values.size !== 1 || values.has(undefined)) problems.push(`${on} has not one ${same_header}: ${[...values]}`)
  }
  if (last_has) problems.push(...differences(meant.at(-1)?.headers, last_has, `the last ${on}`))
  return problems
}
