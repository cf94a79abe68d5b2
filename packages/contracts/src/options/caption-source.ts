/** `source`: who may have made the captions of a transcript. */
import { CaptionSource } from '../caption-source.ts'
import { defineOption } from './option.ts'

export const captionSource = defineOption({ schema: CaptionSource, affects: 'file', since: 6, absent: null })
