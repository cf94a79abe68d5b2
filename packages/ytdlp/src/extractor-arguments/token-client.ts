/** Has yt-dlp ask one more client of YouTube's, which gives formats for PO tokens: its own defaults need none, or give few for them. */

const YOUTUBE = '--extractor-args=youtube:'
const CLIENTS = 'player_client'
/** Beside the defaults, which give most formats without a token. */
const WITH_TOKENS = `${CLIENTS}=default,mweb`

/**
 * `words`: the operator's, of `extractorArgumentsOf`. Where they choose clients, the operator has decided, and they stay as they are. yt-dlp
 * takes the last word for an extractor alone, so there must be one.
 */
export function withTokenClient(words: readonly string[]): readonly string[] {
  const given = words.find((word) => word.startsWith(YOUTUBE))
  if (given === undefined) return [...words, `${YOUTUBE}${WITH_TOKENS}`].sort()
  const parts = given.slice(YOUTUBE.length).split(';')
  if (parts.some((part) => part.startsWith(`${CLIENTS}=`))) return words
  const joined = `${YOUTUBE}${[...parts, WITH_TOKENS].sort().join(';')}`
  return words.map((word) => (word === given ? joined : word))
}
