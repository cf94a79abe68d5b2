/** Several wishes in one request: what is asked, and what is answered for each of them. */
import { type Static, type TProperties, type TSchema, Type } from 'typebox'
import { DownloadAccepted, InfoAccepted, SingleDownloadRequest, SingleInfoRequest } from './http.ts'
import { oneOf, refTo } from './named.ts'

export const BATCH_URLS_MAX = 100

/** Judged one by one: an address that is not valid is refused in its place, and the others are not. */
const urls = Type.Array(Type.String(), {
  minItems: 1,
  maxItems: BATCH_URLS_MAX,
  description: `1 to ${BATCH_URLS_MAX} addresses, each as \`url\` would be.`,
  examples: [['https://www.youtube.com/watch?v=dQw4w9WgXcQ', 'https://vimeo.com/76979871']],
})

/** Everything that the body for one address may hold, for all of them. */
function severalOf<Properties extends TProperties>({ properties }: { properties: Properties & { url: unknown } }) {
  const { url: _, ...others } = properties
  return { urls, ...others }
}

export const BatchInfoRequest = Type.Object(severalOf(SingleInfoRequest), {
  $id: 'BatchInfoRequest',
  additionalProperties: false,
})
export type BatchInfoRequest = Static<typeof BatchInfoRequest>

export const BatchDownloadRequest = Type.Object(severalOf(SingleDownloadRequest), {
  $id: 'BatchDownloadRequest',
  additionalProperties: false,
})
export type BatchDownloadRequest = Static<typeof BatchDownloadRequest>

/** What POST /info takes. The gateway validates a body as the one of the two that it is, so that an error names its field. */
export const InfoRequest = oneOf('InfoRequest', [SingleInfoRequest, BatchInfoRequest])
export type InfoRequest = Static<typeof InfoRequest>

/** What POST /download takes. */
export const DownloadRequest = oneOf('DownloadRequest', [SingleDownloadRequest, BatchDownloadRequest])
export type DownloadRequest = Static<typeof DownloadRequest>

export const RefusedUrl = Type.Object(
  {
    url: Type.String({ description: 'As it was sent.' }),
    error: Type.String({ description: 'Why there is no job for it, for people.' }),
    status_code: Type.Integer({ description: 'The status that a request for this address alone would have had.' }),
    code: Type.String({ description: 'The same for programs.' }),
  },
  { $id: 'RefusedUrl', description: 'An address of a batch for which no job was made.' },
)
export type RefusedUrl = Static<typeof RefusedUrl>

export const InfoBatchEntry = oneOf('InfoBatchEntry', [InfoAccepted, RefusedUrl])
export type InfoBatchEntry = Static<typeof InfoBatchEntry>

export const DownloadBatchEntry = oneOf('DownloadBatchEntry', [DownloadAccepted, RefusedUrl])
export type DownloadBatchEntry = Static<typeof DownloadBatchEntry>

const jobsOf = <Entry extends TSchema>(entry: Entry) =>
  Type.Array(refTo(entry), {
    description:
      'One for each address, in their order: what a request for it alone is answered, or why it was refused.',
  })

export const InfoBatchAccepted = Type.Object({ jobs: jobsOf(InfoBatchEntry) }, { $id: 'InfoBatchAccepted' })
export type InfoBatchAccepted = Static<typeof InfoBatchAccepted>

export const DownloadBatchAccepted = Type.Object({ jobs: jobsOf(DownloadBatchEntry) }, { $id: 'DownloadBatchAccepted' })
export type DownloadBatchAccepted = Static<typeof DownloadBatchAccepted>

/** The 202 of POST /info. */
export const InfoAcceptance = oneOf('InfoAcceptance', [InfoAccepted, InfoBatchAccepted])
export type InfoAcceptance = Static<typeof InfoAcceptance>

/** The 202 of POST /download. */
export const DownloadAcceptance = oneOf('DownloadAcceptance', [DownloadAccepted, DownloadBatchAccepted])
export type DownloadAcceptance = Static<typeof DownloadAcceptance>

/** The 202 of a retry, which is that of the job's own POST. */
export const RetryAcceptance = oneOf('RetryAcceptance', [InfoAccepted, DownloadAccepted])
export type RetryAcceptance = Static<typeof RetryAcceptance>
