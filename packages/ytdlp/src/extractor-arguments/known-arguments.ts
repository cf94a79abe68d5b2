/**
 * The arguments of yt-dlp's extractors that the operator may give, each with the form of one value. What is left out here lets a
 * file do more than choose among yt-dlp's own ways: name a host or a key, give a session, or ask for thousands of comments.
 * Source: "EXTRACTOR ARGUMENTS" in yt-dlp's README. No form lets `;`, `,` or a backslash through, which separate arguments there.
 */
const WORD = /^[a-z0-9_]{1,40}$/
const NUMBER = /^\d{1,30}$/

const oneOf = (...words: readonly string[]): RegExp => new RegExp(`^(${words.join('|')})$`)

export const knownArguments: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  youtube: {
    /** Names of clients, `default`, `all`; with `-` in front one that is not used. yt-dlp leaves out one that it does not know. */
    player_client: /^-?[a-z0-9_]{1,40}$/,
    player_skip: oneOf('configs', 'webpage', 'js', 'initial_data'),
    webpage_client: WORD,
    webpage_skip: oneOf('player_response', 'initial_data'),
    skip: oneOf('hls', 'dash', 'translated_subs'),
    formats: oneOf('incomplete', 'duplicate', 'missing_pot', 'dashy'),
    player_js_variant: WORD,
    player_js_version: /^(actual|\d{1,6}@[0-9a-f]{8})$/,
    player_params: /^[A-Za-z0-9_%-]{1,200}={0,2}$/,
    use_ad_playback_context: oneOf('true', 'false'),
    lang: /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?$/,
  },
  youtubetab: { skip: oneOf('webpage', 'authcheck') },
  /** Browsers, such as `chrome` or `safari-18.0:ios`; empty: whichever there is; `false`: none. */
  generic: { impersonate: /^$|^[a-z]{1,20}(-[a-z0-9.]{1,10})?(:[a-z]{1,20}(-[a-z0-9.]{1,10})?)?$/ },
  twitter: { api: oneOf('graphql', 'syndication', 'legacy') },
  vimeo: { client: WORD, original_format_policy: oneOf('always', 'never', 'auto') },
  tiktok: { device_id: NUMBER, app_info: /^[A-Za-z0-9._/-]{1,100}$/ },
  instagram: { app_id: NUMBER },
  soundcloud: { formats: /^[a-z0-9_*]{1,40}$/ },
}
