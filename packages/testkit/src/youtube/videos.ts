/** The videos of the local YouTube: what each is there to show, and how its address is made. */

/** What a client of YouTube's gets to know of a video that it cannot play. */
interface Refusal {
  readonly status: 'LOGIN_REQUIRED' | 'ERROR' | 'UNPLAYABLE' | 'LIVE_STREAM_OFFLINE'
  readonly reason: string
  readonly subreason?: string
  readonly ageGate?: boolean
}

export interface VideoKind {
  /** Not given: it can be played. */
  readonly refusal?: Refusal
  /** Whether its formats have to be solved, can be had as they are, need a PO token, or are for YouTube's own player alone. */
  readonly formats?: 'solved' | 'plain' | 'guarded' | 'sabr' | 'live'
  readonly live?: 'now' | 'later'
  /** Its number says how many seconds of advertisements come before it. */
  readonly advertised?: boolean
}

/** The sentences are those of YouTube. */
export const videoKinds = {
  solvable: { formats: 'solved' },
  plain: { formats: 'plain' },
  guarded: { formats: 'guarded' },
  adverts: { formats: 'plain', advertised: true },
  sabronly: { formats: 'sabr' },
  live: { formats: 'live', live: 'now' },
  upcoming: {
    live: 'later',
    refusal: { status: 'LIVE_STREAM_OFFLINE', reason: 'This live event will begin in 2 hours.' },
  },
  botcheck: { refusal: { status: 'LOGIN_REQUIRED', reason: 'Sign in to confirm you’re not a bot' } },
  agegate: {
    refusal: {
      status: 'LOGIN_REQUIRED',
      reason: 'Sign in to confirm your age',
      subreason: 'This video may be inappropriate for some users.',
      ageGate: true,
    },
  },
  gone: {
    refusal: {
      status: 'ERROR',
      reason: 'Video unavailable',
      subreason: 'This video has been removed by the uploader',
    },
  },
  private: {
    refusal: {
      status: 'LOGIN_REQUIRED',
      reason: 'Private video',
      subreason: 'Sign in if you’ve been granted access to this video',
    },
  },
  members: {
    refusal: {
      status: 'UNPLAYABLE',
      reason: 'Join this channel to get access to members-only content like this video, and other exclusive perks.',
    },
  },
} as const satisfies Record<string, VideoKind>

export type VideoKindName = keyof typeof videoKinds

export interface LocalVideo extends VideoKind {
  readonly id: string
  readonly title: string
  /** What distinguishes videos of a kind. */
  readonly number: number
}

const ID_LENGTH = 11

/** The id of a video of this kind: eleven letters and digits, as everywhere on YouTube. */
export const videoId = (kind: VideoKindName, number = 1): string =>
  `${kind}${String(number).padStart(ID_LENGTH - kind.length, '0')}`

/** Null: there is no such video. */
export function videoOf(id: string): LocalVideo | null {
  const [, kind = '', digits = ''] = /^([a-z]+)(\d+)$/.exec(id) ?? []
  if (id.length !== ID_LENGTH || !Object.hasOwn(videoKinds, kind)) return null
  return { id, title: `A video called ${id}`, number: Number(digits), ...videoKinds[kind as VideoKindName] }
}
