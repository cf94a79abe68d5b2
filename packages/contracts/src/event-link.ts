/** A link to the events of one job, for those who cannot send headers: a browser's EventSource. */
import { type Static, Type } from 'typebox'
import { Instant } from './instants.ts'

/** How long such a link works, in seconds: as long as a download may take, so that a page can come back to it. */
export const EVENT_LINK_SECONDS = 3600

export const EventLink = Type.Object(
  {
    url: Type.String({ description: 'Needs no key: whoever has it may follow this one job, until it expires.' }),
    expires_at: Instant('When the link expires. A stream that is open then goes on to its end.'),
  },
  { $id: 'EventLink' },
)
export type EventLink = Static<typeof EventLink>
