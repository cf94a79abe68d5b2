/** Addresses of media: made with challenges for the player of the moment, and taken only where these were solved. */
import { createHash, randomBytes } from 'node:crypto'
import type { Player } from './player.ts'
import { LETTERS } from './scrambling.ts'

export const MEDIA_HOST = 'rr1---sn-local.googlevideo.com'

/** As long as YouTube's. */
const SIGNATURE_LENGTH = 106
const N_LENGTH = 17

export interface MediaAddress {
  /** Without a signature, and with an `n` that is not solved. */
  readonly url: string
  /** The signature that has to be solved. */
  readonly signature: string
}

/** An address of one file that only who runs the player can use. */
export function challengedAddress(player: Player, itag: number): MediaAddress {
  const n = lettersOf(randomBytes(N_LENGTH), N_LENGTH)
  const parameters = { itag: String(itag), player: player.id, asked: n, n }
  return { url: addressOf(parameters), signature: signatureOf(n) }
}

/** An address of one file that anybody can use. */
export const plainAddress = (itag: number): string => addressOf({ itag: String(itag) })

/** An address of one file that only who has the PO token of the session can use. */
export const guardedAddress = (itag: number): string => addressOf({ itag: String(itag), guarded: '1' })

/** YouTube gives its oldest format to everybody. */
const UNGUARDED = '18'

/** Whether the address needs no token, or has the right one. */
export const hasToken = ({ searchParams }: URL, token: string): boolean =>
  !searchParams.has('guarded') || searchParams.get('itag') === UNGUARDED || searchParams.get('pot') === token

/** Whether the player that the address was made for has solved both of its challenges. */
export function isSolved(url: URL, player: Player | undefined): boolean {
  const { searchParams } = url
  if (!searchParams.has('player')) return true
  const asked = searchParams.get('asked') ?? ''
  return (
    player !== undefined &&
    searchParams.get('n') === player.solveN(asked) &&
    searchParams.get('sig') === player.solveSignature(signatureOf(asked))
  )
}

const addressOf = (parameters: Record<string, string>): string =>
  `https://${MEDIA_HOST}/videoplayback?${new URLSearchParams(parameters)}`

const signatureOf = (n: string): string =>
  lettersOf(createHash('sha512').update(`signature of ${n}`).digest(), SIGNATURE_LENGTH)

/** So many letters for any number of bytes. */
const lettersOf = (bytes: Buffer, length: number): string =>
  Array.from({ length }, (_, at) => LETTERS[((bytes[at % bytes.length] ?? 0) + at) % LETTERS.length]).join('')
