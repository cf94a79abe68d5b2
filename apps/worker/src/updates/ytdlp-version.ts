/** Versions of yt-dlp: a date, with a time of day behind it where it is a nightly one. */

/** As the registry spells it, or yt-dlp itself, which writes zeros; with `.dev0` at the end where it is no stable one. */
const FORM = /^(\d{4})((?:\.\d{1,9}){2,3})(?:\.?dev\d{0,4})?$/

/** Null for what is none. In one spelling: `2026.08.19` is `2026.8.19`, and `2026.10.26.220202dev` is `2026.10.26.220202.dev0`. */
export function normalVersion(text: string): string | null {
  const found = FORM.exec(text)
  if (found === null) return null
  const numbers = [found[1] ?? '', ...(found[2] ?? '').split('.').slice(1)].map(Number).join('.')
  return found[0] === `${found[1]}${found[2]}` ? numbers : `${numbers}.dev0`
}

/**
 * A version that lies beside the pinned one, where it is to be used: an image that was made anew may pin what is newer than
 * anything that was decided on. Null: the pinned one is. Both in the spelling of `normalVersion`.
 */
export const wantedBeside = (version: string | null | undefined, pinned: string): string | null =>
  version != null && compareVersions(version, pinned) > 0 ? version : null

/** Above 0 where `one` is the newer; both in the spelling of `normalVersion`. */
export function compareVersions(one: string, other: string): number {
  const [left, right] = [one, other].map((text) => text.replace('.dev0', '').split('.').map(Number)) as [
    number[],
    number[],
  ]
  for (let place = 0; place < Math.max(left.length, right.length); place++) {
    const difference = (left[place] ?? 0) - (right[place] ?? 0)
    if (difference !== 0) return difference
  }
  return Number(other.includes('.dev')) - Number(one.includes('.dev'))
}
