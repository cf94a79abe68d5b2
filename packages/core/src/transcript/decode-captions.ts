/** The bytes of a caption file as text, whatever they are encoded in. */

/** Characters. A longer file is cut: with this much, every form of a transcript keeps below the bound of its role. */
export const CAPTIONS_LENGTH_MAX = 4 * 1024 * 1024

/** Byte order marks, and the encodings that they stand for. */
const marks = [
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
] as const

/**
 * UTF-16 where a mark says so, else UTF-8, else Windows-1252, in which SubRip files of old were written and in which every
 * sequence of bytes means something. `isWhole`: nothing was cut off. Never throws.
 */
export function decodeCaptions(bytes: Uint8Array): { readonly text: string; readonly isWhole: boolean } {
  const mark = marks.find((each) => each.bytes.every((byte, at) => bytes[at] === byte))
  const text = mark ? new TextDecoder(mark.encoding).decode(bytes) : (asUtf8(bytes) ?? asWindows1252(bytes))
  return { text: text.slice(0, CAPTIONS_LENGTH_MAX), isWhole: text.length <= CAPTIONS_LENGTH_MAX }
}

function asUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

const asWindows1252 = (bytes: Uint8Array): string => new TextDecoder('windows-1252').decode(bytes)
