/** What ffprobe says of a stream beside its codec, in the words of options. */
import type { ProbedStream } from '@video-scraper/library'
import type { MediaFacts } from '@video-scraper/ytdlp'

type Form = Pick<ProbedStream, 'profile' | 'fieldOrder' | 'colorTransfer' | 'colorPrimaries'>
type FormOfPicture = Required<Pick<MediaFacts, 'videoProfile' | 'fieldOrder' | 'colorTransfer' | 'colorPrimaries'>>

/** Undefined, where there is no picture, is not known. */
export const formOfPicture = (stream: Form | undefined): FormOfPicture => ({
  videoProfile: stream?.profile ?? null,
  fieldOrder: stream?.fieldOrder ?? null,
  colorTransfer: stream?.colorTransfer ?? null,
  colorPrimaries: stream?.colorPrimaries ?? null,
})

/** Undefined, where there is no sound, is not known. */
export const formOfSound = (stream: Form | undefined): Required<Pick<MediaFacts, 'audioProfile'>> => ({
  audioProfile: stream?.profile ?? null,
})
