/** Reads what a client asks the proxy for: who it is, and where it wants to go. */

export interface RequestTarget {
  readonly hostname: string
  readonly port: number
  /** What goes into the request line: path and query, exactly as the client wrote them. */
  readonly path: string
  /** The host, with its port where that is not 80, as `Host` names them. */
  readonly authority: string
}

/**
 * The target of a plain request, which names it in full. Null where it does not; `'foreign'` for ftp and every other
 * scheme, as a page can lead yt-dlp there.
 */
export function targetOfRequest(text: string): RequestTarget | 'foreign' | null {
  const [, scheme, authority = '', rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#\\]+)([^#\\]*)/i.exec(text) ?? []
  if (!scheme) return null
  if (scheme.toLowerCase() !== 'http') return 'foreign'
  const url = URL.canParse(`http://${authority}`) ? new URL(`http://${authority}`) : null
  if (!url?.hostname) return null
  const path = rest.startsWith('/') ? rest : `/${rest}`
  return { hostname: url.hostname, port: Number(url.port || 80), path, authority: url.host }
}

/** The target of a CONNECT, `host:port`; null where it is anything else. */
export function targetOfConnect(text: string): { hostname: string; port: number } | null {
  const [, hostname, port] = /^(\[[^\]]+\]|[^:/?#@]+):(\d{1,5})$/.exec(text) ?? []
  return hostname ? { hostname, port: Number(port) } : null
}

/** The two halves of Basic credentials; empty where there are none. */
export function credentialsOf(header: string | undefined): { name: string; token: string } {
  const [, encoded = ''] = /^basic +(\S+) *$/i.exec(header ?? '') ?? []
  const text = Buffer.from(encoded, 'base64').toString('latin1')
  const colon = text.indexOf(':')
  return colon < 0 ? { name: '', token: '' } : { name: text.slice(0, colon), token: text.slice(colon + 1) }
}
