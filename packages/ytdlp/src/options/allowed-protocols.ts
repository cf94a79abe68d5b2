/** Which formats may be taken at all. */

/** Formats of any other protocol would leave past the proxy or through ffmpeg (`python/guard.py` refuses them again). */
export const PROTOCOLS = ['http', 'https', 'm3u8', 'm3u8_native', 'http_dash_segments'] as const

/** As a condition of yt-dlp's format language. */
export const ALLOWED = `[protocol~="^(${PROTOCOLS.join('|')})$"]`
