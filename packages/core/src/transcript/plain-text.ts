/** One line of a caption as plain text: without tags, entities and characters that nobody sees. */

/** A tag of WebVTT or SubRip, or a time. Its length is bounded, so that a line of nothing but `<a` costs no more than others. */
export const TAG = /<[/A-Za-z0-9.][^<>]{0,200}>/g

const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,6}));/g

/** The entities that WebVTT and the texts of sites use. */
const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  lrm: '',
  rlm: '',
}

/** Controls, separators of lines, marks that turn the direction of a text around, and byte order marks. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/g

/** Tags are taken out once more: what stood in a tag may have been one. What entities write is text, and stays. */
export const plainText = (text: string): string =>
  text.replaceAll(TAG, '').replaceAll(ENTITY, decoded).replaceAll(UNSEEN, ' ').replaceAll(/\s+/g, ' ')

function decoded(entity: string, decimal?: string, hexadecimal?: string, name?: string): string {
  if (name !== undefined) return named[name] ?? entity
  const point = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal)
  const isCharacter = point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)
  return isCharacter ? String.fromCodePoint(point) : ''
}

/** The beginning of a text. A character of two halves is not cut in two. */
export function beginningOf(text: string, length: number): string {
  const last = text.charCodeAt(length - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff && text.length > length ? length - 1 : length)
}
