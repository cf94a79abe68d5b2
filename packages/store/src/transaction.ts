/** What a transaction of Redis answered. */

/** Resolves with the answer of each command. Redis reports their errors one by one; any of them is an error of the whole. */
export async function answersOf(transaction: Promise<[Error | null, unknown][] | null>): Promise<unknown[]> {
  const results = await transaction
  const failed = results?.find(([error]) => error)?.[0]
  if (!results || failed) throw failed ?? new Error('The transaction was aborted.')
  return results.map(([, value]) => value)
}
