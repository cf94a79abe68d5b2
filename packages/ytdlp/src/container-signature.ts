/** Tells a media container by its first bytes, for addresses that say nothing about what they send. */
import { open } from 'node:fs/promises'

type Signature = readonly [extension: string, offset: number, bytes: string]

/** As Latin-1. MPEG-TS has a sync byte every 188 bytes, and one alone would be any text with a G. */
const signatures: readonly Signature[] = [
  ['mov', 4, 'ftypqt  '],
  ['mp4', 4, 'ftyp'],
  ['webm', 0, '\x1a\x45\xdf\xa3'],
  ['ogg', 0, 'OggS'],
  ['flac', 0, 'fLaC'],
  ['flv', 0, 'FLV\x01'],
  ['avi', 8, 'AVI '],
  ['wav', 8, 'WAVE'],
  ['mp3', 0, 'ID3'],
  ['mp3', 0, '\xff\xfb'],
  ['aac', 0, '\xff\xf1'],
  ['ts', 188, 'G'],
]
const LONGEST = 256

/** The extension that fits what the file begins with; null for anything else. */
export async function extensionBySignature(path: string): Promise<string | null> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LONGEST), 0, LONGEST, 0)
    const beginning = buffer.toString('latin1', 0, bytesRead)
    const found = signatures.find(([, offset, bytes]) => beginning.startsWith(bytes, offset))?.[0] ?? null
    if (found === 'webm' && !beginning.includes('webm')) return 'mkv'
    return found === 'ts' && beginning[0] !== 'G' ? null : found
  } finally {
    await file.close()
  }
}
