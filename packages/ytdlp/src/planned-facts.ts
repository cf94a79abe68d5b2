/** What is known of a file before it is fetched: the facts of the formats that it will be made of. */
import type { PlannedFormat } from './event-parts.ts'
import type { MediaFacts } from './options/option-meaning.ts'

interface Plan {
  readonly formats: readonly PlannedFormat[]
  /** What they will be put into, where one was asked for and the source says enough. */
  readonly container: string | null
}

export function factsOf({ formats, container }: Plan): MediaFacts {
  const picture = formats.find(({ vcodec }) => vcodec !== 'none')
  const sounds = formats.filter(({ acodec }) => acodec !== 'none')
  const isSilent = formats.length > 0 && sounds.length === 0
  return {
    width: picture?.width ?? null,
    height: picture?.height ?? null,
    videoCodec: picture?.vcodec ?? null,
    pixelFormat: null,
    audioCodec: isSilent ? 'none' : (sounds[0]?.acodec ?? null),
    audioLanguage: sounds.find(({ language }) => language !== null)?.language ?? null,
    container,
  }
}
