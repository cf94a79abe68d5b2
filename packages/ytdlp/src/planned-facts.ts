/** What is known of a file before it is fetched: the facts of the formats that it will be made of. */
import type { PlannedFormat } from './events.ts'
import type { MediaFacts } from './options/option-meaning.ts'

export function factsOf(formats: readonly PlannedFormat[]): MediaFacts {
  const picture = formats.find(({ vcodec }) => vcodec !== 'none')
  const sound = formats.find(({ acodec, language }) => acodec !== 'none' && language !== null)
  return {
    width: picture?.width ?? null,
    height: picture?.height ?? null,
    videoCodec: picture?.vcodec ?? null,
    audioLanguage: sound?.language ?? null,
  }
}
