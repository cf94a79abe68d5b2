/** Several wishes in one request: what is asked, and what is answered for each of them. */
import { type Static, type TProperties, Type } from 'typebox'
import { CreateDownloadBody, CreateInfoBody, type DownloadAccepted, type InfoAccepted } from './http.ts'

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

export const CreateInfoBatchBody = Type.Object(severalOf(CreateInfoBody), {
  $id: 'CreateInfoBatchBody',
  additionalProperties: false,
})
export type CreateInfoBatchBody = Static<typeof CreateInfoBatchBody>

export const CreateDownloadBatchBody = Type.Object(severalOf(CreateDownloadBody), {
  $id: 'CreateDownloadBatchBody',
  additionalProperties: false,
})
export type CreateDownloadBatchBody = Static<typeof CreateDownloadBatchBody>

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

const jobsOf = <Accepted>(name: string) =>
  Type.Array(Type.Unsafe<Accepted | RefusedUrl>({ anyOf: [{ $ref: `${name}#` }, { $ref: 'RefusedUrl#' }] }), {
    description:
      'One for each address, in their order: what a request for it alone is answered, or why it was refused.',
  })

export const InfoBatchAccepted = Type.Object(
  { jobs: jobsOf<InfoAccepted>('InfoAccepted') },
  { $id: 'InfoBatchAccepted' },
)
export type InfoBatchAccepted = Static<typeof InfoBatchAccepted>

export const DownloadBatchAccepted = Type.Object(
  { jobs: jobsOf<DownloadAccepted>('DownloadAccepted') },
  { $id: 'DownloadBatchAccepted' },
)
export type DownloadBatchAccepted = Static<typeof DownloadBatchAccepted>
