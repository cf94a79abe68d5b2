/** `max_filesize`: the best that fits comes first. Whatever becomes larger all the same is stopped by the runner. */
import type { OptionMeaning } from './option-meaning.ts'

export const maxFilesize: OptionMeaning<number> = {
  sortFirst: ['fits'],
  preferences: (bytesMax) => ({ bytesMax }),
}
