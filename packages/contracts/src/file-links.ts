/** Links to files that need no key: what is asked for, and what is given. */
import { type Static, Type } from 'typebox'
import { Instant } from './instants.ts'

/** An hour, where nothing is said, and a week at most, both in seconds. */
export const LINK_SECONDS_DEFAULT = 3600
export const LINK_SECONDS_MAX = 7 * 24 * 3600

const expiresIn = Type.Optional(
  Type.Integer({
    minimum: 1,
    maximum: LINK_SECONDS_MAX,
    description: `For how many seconds the link works. Absent: ${LINK_SECONDS_DEFAULT}.`,
    examples: [LINK_SECONDS_DEFAULT],
  }),
)

export const CreateArchiveLinkBody = Type.Object(
  { expires_in: expiresIn },
  { $id: 'CreateArchiveLinkBody', additionalProperties: false },
)
export type CreateArchiveLinkBody = Static<typeof CreateArchiveLinkBody>

export const CreateFileLinkBody = Type.Object(
  {
    expires_in: expiresIn,
    disposition: Type.Optional(
      Type.Enum(['attachment', 'inline'], {
        type: 'string',
        description: '`attachment` (default) saves the file, `inline` shows it.',
      }),
    ),
  },
  { $id: 'CreateFileLinkBody', additionalProperties: false },
)
export type CreateFileLinkBody = Static<typeof CreateFileLinkBody>

export const FileLink = Type.Object(
  {
    url: Type.String({ description: 'Needs no key: whoever has it may fetch this file, until it expires.' }),
    expires_at: Instant('When the link expires. The file itself may be removed before.'),
  },
  { $id: 'FileLink' },
)
export type FileLink = Static<typeof FileLink>
