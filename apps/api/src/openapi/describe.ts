/** What the document says of the API as a whole. */
import { jobKinds, kinds } from '@video-scraper/contracts'
import type { PublicPaths } from '@video-scraper/views'
import { keyRequired, securitySchemes } from './document-access.ts'
import { RECEIVER_TAG, webhookDocument } from './webhook-document.ts'

/** Also the title of the page, and the name of the package that a generator makes. */
export const TITLE = 'Video Scraper'

/** Behind the prefix of the API, which a reverse proxy passes on. */
export const ERROR_PAGE = '/docs/errors'

const DESCRIPTION = `
Video information and downloads as a service. A POST that starts a job answers at once with an id. Ask for its status until
the job has ended, or follow its events.

- Instants are UTC, in the form of RFC 3339. Only \`created\` has no offset.
- Errors have the form \`{error, status_code, code, retryable, doc_url, request_id}\`. A \`code\` never changes its meaning; new ones may come. With \`Accept: application/problem+json\` an error also has the members of RFC 9457.
- Every path can also answer 405 (\`method_not_allowed\`), 408 (\`request_timeout\`), 421 (\`host_not_allowed\`) and 431 (\`headers_too_large\`).
- Every answer has the header \`X-Request-Id\`. Name it when you report a problem.
- Answers may get new keys. A client passes over keys that it does not know.
`.trim()

const TAGS = {
  ...Object.fromEntries(jobKinds.map((kind) => [kinds[kind].operation.tag, kinds[kind].operation.tagDescription])),
  jobs: 'Operations that take a `job_id` or a `download_id`: list, cancel, retry, links to events.',
  webhooks: 'Register an address of yours to which the end of each job is posted.',
  cookies: 'Store the cookies of a session, and look whether a site still takes them.',
  service: 'Status, health and the supported platforms. Nothing here starts a job.',
}

interface Description {
  paths: PublicPaths
  version: string
  /** The address of the gateway, where no `PUBLIC_URL` is set. */
  localUrl: string
  /** Whether the gateway asks for keys: the document says nothing of them where nobody needs one. */
  needsKeys: boolean
}

export const describe = ({ paths, version, localUrl, needsKeys }: Description) => ({
  openapi: '3.1.0',
  info: {
    title: TITLE,
    version,
    description: DESCRIPTION,
    license: { name: 'UNLICENSED', identifier: 'LicenseRef-UNLICENSED' },
  },
  externalDocs: {
    description: 'All error codes, and what to do about each',
    url: `${paths.origin || localUrl}${paths.api(ERROR_PAGE)}`,
  },
  servers: [{ url: paths.origin || localUrl }],
  tags: [
    ...Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    ...(needsKeys ? [{ name: 'keys', description: 'API keys, for those whose key has the scope `admin`.' }] : []),
    { name: RECEIVER_TAG, description: 'What this service posts to your `callback_url`. No routes of this service.' },
  ],
  webhooks: webhookDocument,
  security: needsKeys ? keyRequired : [],
  ...(needsKeys ? { components: { securitySchemes } } : {}),
})
