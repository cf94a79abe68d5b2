/** Who made captions. */
import { type Static, Type } from 'typebox'

export const CaptionSource = Type.Enum(['manual', 'automatic'], {
  $id: 'CaptionSource',
  type: 'string',
  description:
    '`manual`: people wrote the captions. `automatic`: a machine made them from the sound, or translated them. Absent in a request: `manual` before `automatic` in the same language.',
  examples: ['manual'],
})
export type CaptionSource = Static<typeof CaptionSource>
