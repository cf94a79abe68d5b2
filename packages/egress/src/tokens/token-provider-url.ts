/** Reads the setting that names the operator's provider of PO tokens. */

const SENTENCE = 'POT_PROVIDER_URL is not http://host:port or https://host:port, without a path, a user or a password.'

/**
 * Empty means that there is none. The address is not checked by the policy of targets: it is the operator's, and most often inside.
 * @throws Error with a sentence that repeats nothing of the setting, as it may hold a password.
 */
export function parseTokenProviderUrl(text: string): URL | null {
  if (text.trim() === '') return null
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null
  if (url === null || !['http:', 'https:'].includes(url.protocol)) throw new Error(SENTENCE)
  const { pathname, search, hash, username, password } = url
  if (pathname !== '/' || search || hash || username || password) throw new Error(SENTENCE)
  return url
}
