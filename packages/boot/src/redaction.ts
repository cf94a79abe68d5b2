/**
 * Takes secrets out of finished log lines, wherever in a line they stand. This is the last net: nothing that may hold a
 * secret is meant to be logged at all, but one careless field, or one library's error text, is enough.
 */

const CENSORED = '[redacted]'

/**
 * Each works on a whole line of JSON and never consumes a quote or a backslash of it, so that it stays JSON. What follows
 * a backslash may remain: that is the rest of an escape, not of a secret, for neither tokens nor addresses hold any.
 */
const rules: readonly [pattern: RegExp, replacement: string][] = [
  // Headers as fields, however deep.
  [
    /("(?:proxy-)?authorization"|"x-api-key"|"cookie"|"set-cookie")\s*:\s*(?:"(?:[^"\\]|\\.)*"|\[[^\]]*\])/gi,
    `$1:"${CENSORED}"`,
  ],
  // Credentials of a header in a sentence.
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]+/gi, `$1 ${CENSORED}`],
  [
    /\b(x-api-key|authorization|cookie)(\s*[:=]\s*)(?!"|\[redacted\]|(?:Bearer|Basic) )[^\s"\\,;]+/gi,
    `$1$2${CENSORED}`,
  ],
  // User and password of an address: also of Redis, of a callback, of a proxy.
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#"\\@]*(?:@[^\s/?#"\\@]*)*@/gi, `$1${CENSORED}@`],
  // The query and the fragment of an address, where signatures and tokens travel.
  [/\b((?:https?|wss?):\/\/[^\s?#"'\\]*)[?#][^\s"'\\]*/gi, `$1?${CENSORED}`],
  // A path of our own with a query, such as that of a signed link.
  [
    /([?&](?:signature|sig|token|key|api_key|apikey|access_token|secret|password|expires)=)[^\s&"'\\]+/gi,
    `$1${CENSORED}`,
  ],
]

/** The line without credentials, without the queries of addresses, and without the headers that carry keys. */
export const withoutSecrets = (line: string): string =>
  rules.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), line)
