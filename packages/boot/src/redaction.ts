/**
 * Takes secrets out of finished log lines, wherever in a line they stand. This is the last net: nothing that may hold a
 * secret is meant to be logged at all, but one careless field, or one library's error text, is enough.
 */

const CENSORED = '[redacted]'

/**
 * Each works on a whole line of JSON and never consumes a quote or a backslash of it, so that it stays JSON. What follows
 * a backslash may remain: that is the rest of an escape, not of a secret, for neither tokens nor addresses hold any.
 *
 * A line holds text of strangers, so each takes time linear in its length: where a run of characters is read, the rest of
 * the pattern is optional or is found at once, so that what was read is consumed and never read again from a later start.
 * The tests prove it for each pattern.
 */
export const rules: readonly [pattern: RegExp, replacement: string | ((...match: string[]) => string)][] = [
  // Headers as fields, however deep.
  [
    /("(?:proxy-)?authorization"|"x-api-key"|"cookie"|"set-cookie")\s{0,4}:\s{0,4}(?:"[^"\\]*(?:\\.[^"\\]*)*"?|\[(?:[^"\]]|"[^"\\]*(?:\\.[^"\\]*)*"?)*\]?)/gi,
    `$1:"${CENSORED}"`,
  ],
  // Credentials of a header in a sentence.
  [/\b(Bearer|Basic)\s{1,4}[A-Za-z0-9._~+/=-]+/gi, `$1 ${CENSORED}`],
  [
    /\b(x-api-key|authorization|cookie)(\s{0,4}[:=]\s{0,4})(?!"|\[redacted\]|(?:Bearer|Basic) )[^\s"\\,;]+/gi,
    `$1$2${CENSORED}`,
  ],
  // User and password of an address: also of Redis, of a callback, of a proxy.
  [/:\/\/[^\s/?#"\\]*@/g, `://${CENSORED}@`],
  // The query and the fragment of an address, where signatures and tokens travel.
  [
    /\b((?:https?|wss?):\/\/[^\s?#"'\\]*)([?#][^\s"'\\]*)?/gi,
    (whole, address = '', query) => (query === undefined ? whole : `${address}?${CENSORED}`),
  ],
  // A path of our own with a query, such as that of a signed link.
  [
    /([?&](?:signature|sig|token|key|api_key|apikey|access_token|secret|password|expires)=)[^\s&"'\\]+/gi,
    `$1${CENSORED}`,
  ],
]

/** The line without credentials, without the queries of addresses, and without the headers that carry keys. */
export const withoutSecrets = (line: string): string =>
  // TypeScript has no one signature for both kinds of replacement.
  rules.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement as string), line)
