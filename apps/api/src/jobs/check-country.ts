/** Whether the workers have an exit in the country that a request names. */
import type { RouteDependencies } from '../dependencies.ts'
import { RequestError } from '../http/errors.ts'

/**
 * Throws a `RequestError` where there is none. Before the first worker has said what it has there is none at all. The worker
 * looks again when the job begins.
 */
export async function checkCountry(
  { readPublishedExits }: Pick<RouteDependencies, 'readPublishedExits'>,
  country: string | undefined,
): Promise<void> {
  if (country === undefined) return
  const { countries } = await readPublishedExits()
  if (!countries.includes(country)) throw new RequestError('unknown_country')
}
