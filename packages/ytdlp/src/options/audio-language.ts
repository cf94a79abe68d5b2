/** `audio_language` among the languages of the formats. */
import type { OptionMeaning } from './option-meaning.ts'

/** `de` is met by `de-AT`; `de-AT` is not met by `de`. */
function isMet(wanted: string, { audioLanguage }: { readonly audioLanguage: string | null }): boolean | null {
  if (audioLanguage === null) return null
  const [found, asked] = [audioLanguage.toLowerCase(), wanted.toLowerCase()]
  return found === asked || found.startsWith(`${asked}-`)
}

export const audioLanguage: OptionMeaning<string> = {
  sortFirst: ['wanted_language'],
  preferences: (language) => ({ language: language.toLowerCase() }),
  isMet,
  warning: 'audio_language_unavailable',
}
