/** POST /api/video-scraper/info, /download and so on, one for each kind of job: accept the job request, and answer at once. */
import {
  createAnswers,
  createRequests,
  type JobKind,
  jobKinds,
  kinds,
  nameOf,
  statusForms,
} from '@video-scraper/contracts'
import type { Route } from '../../dependencies.ts'
import { acceptedExample, requestExamples, statusExamples } from '../../openapi/examples/kind-examples.ts'
import { acceptedAnswer, answer, errors, ref, requestBody } from '../../openapi/schema-reference.ts'
import { createJobs, limitFirstTimes } from '../create-jobs.ts'
import {
  BATCH_NOTE,
  CREATE_BYTES_MAX,
  CREATE_ENDED_HEADERS,
  CREATE_REPLY_HEADERS,
  CreateHeaders,
  oneOrSeveral,
  REFUSED_URL,
} from '../create-schema.ts'

/** What the document adds to how one waits for the end. */
const afterTheEnd = { job: '', download: '; then fetch `download_url`' } as const

const refusals = (kind: JobKind) =>
  errors(
    'invalid_request',
    'unknown_cookies',
    'cookies_of_other_site',
    'unknown_country',
    'invalid_url',
    'request_in_progress',
    'payload_too_large',
    'unsupported_media_type',
    'idempotency_key_reused',
    'too_many_requests',
    ...(kinds[kind].holdsSlot ? (['too_many_downloads'] as const) : []),
    'too_many_waiting_jobs',
    'service_unavailable',
    'queue_full',
  )

function schemaOf(kind: JobKind) {
  const { operation, form, status } = kinds[kind]
  const { segment, idKey, noun, words } = statusForms[form]
  const { completed, failed } = statusExamples(kind)
  const accepted = acceptedExample(kind)
  return {
    operationId: operation.id,
    summary: operation.summary,
    description: `${operation.starts} Ask \`GET /${segment}/{${idKey}}\` until its status is not \`${words.queued}\` any more, or let \`Prefer: wait\` hold the answer until then${afterTheEnd[form]}. ${BATCH_NOTE}`,
    tags: [operation.tag],
    headers: CreateHeaders,
    ...requestBody(nameOf(createRequests[kind].either), requestExamples(kind)),
    response: {
      200: answer(ref(nameOf(status)), {
        description: `With \`Prefer: wait\`: the ${noun} has ended, well or badly.`,
        examples: { completed, failed },
        headers: CREATE_ENDED_HEADERS,
      }),
      202: acceptedAnswer(ref(nameOf(createAnswers[kind].either)), accepted, {
        examples: {
          expiring: { ...accepted, job_expires_at: '2026-05-01T12:49:50.000Z' },
          batch: { jobs: [accepted, REFUSED_URL] },
        },
        headers: CREATE_REPLY_HEADERS,
      }),
      ...refusals(kind),
    },
  }
}

const createJob =
  (kind: JobKind): Route =>
  async (app, dependencies) => {
    const { single, batch } = createRequests[kind]
    app.post(
      dependencies.paths.api(`/${kinds[kind].path}`),
      {
        schema: schemaOf(kind),
        bodyLimit: CREATE_BYTES_MAX,
        validatorCompiler: oneOrSeveral(single, batch),
        onRequest: limitFirstTimes(app, dependencies),
      },
      (request, reply) => createJobs(dependencies, request, reply, kind),
    )
  }

export const createRoutes = jobKinds.map(createJob)
