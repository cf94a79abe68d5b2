/** A title in ASCII, for the name of a file: readable whatever script it is written in. */
import anyAscii from 'any-ascii'

/** With it the longest name of a first file has 80 + 1 + 32 + 1 + 4 = 118 bytes. */
const SLUG_LENGTH_MAX = 80

/** A title has no upper limit at its source. Nothing past its first thousand characters reaches the slug. */
const TITLE_LENGTH_MAX = 1000

/** An emoji would become its English name, which no reader of the title expects. */
const EMOJI = /[\p{Extended_Pictographic}\p{Regional_Indicator}]/gu

/** Chinese has no spaces. Each character becomes a syllable, and only the space keeps them apart. */
const HAN = /\p{Script=Han}/gu

/** Lower-case ASCII letters, digits and single dashes; `video` where the title leaves nothing. */
export function slugOf(title: string, lengthMax = SLUG_LENGTH_MAX): string {
  const readable = title.slice(0, TITLE_LENGTH_MAX).replaceAll(EMOJI, ' ').replaceAll(HAN, ' $& ')
  const latin = anyAscii(readable.normalize('NFC')).toLowerCase()
  const words = latin.replaceAll(/['`]/g, '').replaceAll(/[^a-z0-9]+/g, '-')
  return words.replace(/^-/, '').slice(0, lengthMax).replace(/-$/, '') || 'video'
}
