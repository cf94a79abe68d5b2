/** Puts two texts after each other as their script does. */

/** Scripts that put no space between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\u3000-\u303f\uff00-\uffef]/u

/** One space where either text has one at the border, none between two characters of a script without spaces. */
export function joinTexts(before: string, after: string): string {
  const [left, right] = [before.trimEnd(), after.trimStart()]
  if (left === '') return right
  if (right === '') return left
  const hasSpace = left.length < before.length || right.length < after.length
  const isUnspaced = UNSPACED.test(left.slice(-1)) && UNSPACED.test(right.slice(0, 1))
  return hasSpace && !isUnspaced ? `${left} ${right}` : `${left}${right}`
}
