/**
 * How a key looks: `vsk_<id>_<secret><checksum>`, all base62. The prefix and the checksum tell secret scanners (and us,
 * before Redis is asked) that a text is a key of this service and not something that resembles one.
 */
import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const ID_LENGTH = 12
/** 190 bits. */
const SECRET_LENGTH = 32
/** What 32 bits take. */
const CHECKSUM_LENGTH = 6

const KEY = new RegExp(`^vsk_([0-9A-Za-z]{${ID_LENGTH}})_[0-9A-Za-z]{${SECRET_LENGTH + CHECKSUM_LENGTH}}$`)

/** An id for a new key: also the owner of whatever is made with it. */
export const newKeyId = (): string => randomText(ID_LENGTH)

/** A new key with this id. Only its hash is to be kept. */
export function newKeyText(id: string): string {
  const text = `vsk_${id}_${randomText(SECRET_LENGTH)}`
  return text + checksumOf(text)
}

/** The id inside a key, or null for what is no key: another form, or a checksum that does not fit. */
export function keyIdIn(text: string): string | null {
  const [, id] = KEY.exec(text) ?? []
  if (id === undefined) return null
  return checksumOf(text.slice(0, -CHECKSUM_LENGTH)) === text.slice(-CHECKSUM_LENGTH) ? id : null
}

/** CRC-32 in base62, as GitHub's tokens have it. */
function checksumOf(text: string): string {
  let rest = crc32(text)
  let digits = ''
  for (let place = 0; place < CHECKSUM_LENGTH; place += 1) {
    digits = ALPHABET.charAt(rest % 62) + digits
    rest = Math.floor(rest / 62)
  }
  return digits
}

/** Each character is as likely as any other: bytes from 248 on would favour the first eight. */
function randomText(length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 248 && text.length < length) text += ALPHABET.charAt(byte % 62)
    }
  }
  return text
}
