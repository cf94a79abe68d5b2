/** GET and HEAD /api/video-scraper/job/{job_id}/transcript: a transcript in the form that is asked for. */
import {
  contentTypes,
  type FileEntry,
  type TranscriptForm,
  type TranscriptResult,
  transcriptFormTable,
  transcriptFormWords,
} from '@video-scraper/contracts'
import { transcriptForms } from '@video-scraper/core'
import type { JobSnapshot } from '@video-scraper/queue'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Negotiator from 'negotiator'
import { Type } from 'typebox'
import type { Route, RouteDependencies } from '../../dependencies.ts'
import { ownFile } from '../../files/own-file.ts'
import { sendFile } from '../../files/send-file.ts'
import { RequestError } from '../../http/errors.ts'
import { errors, IdParameter } from '../../openapi/schema-reference.ts'
import { requireOwnedJob } from '../require-owned-job.ts'

interface TranscriptRoute {
  Params: { job_id: string }
  Querystring: { format?: TranscriptForm }
}

const mediaTypes = transcriptFormWords.map((form) => transcriptFormTable[form].mediaType)
/** What the document says of the answer, so Swagger UI and generated clients ask for it. They get the first form. */
const ANY_BYTES = 'application/octet-stream'

const binary = (description: string) => ({
  description,
  content: { [ANY_BYTES]: { schema: Type.String({ format: 'binary' }) } },
})

const schema = {
  operationId: 'fetchTranscript',
  summary: 'Fetch a transcript',
  description: `The transcript of a completed job, as \`format\` says: \`json\` (title, language, source, segments, text), \`text\` (one line for each segment), \`srt\` or \`vtt\`. Without it \`Accept\` decides among ${mediaTypes.map((type) => `\`${type}\``).join(', ')}; whoever accepts everything gets JSON. A long transcript lies in the library: then byte ranges, conditions and \`307\` work as with \`GET /download/{filename}\`.`,
  tags: ['transcripts'],
  params: IdParameter('job_id', 'The `job_id` of POST /transcript.'),
  querystring: Type.Object({ format: Type.Optional(Type.Unsafe<TranscriptForm>({ $ref: 'TranscriptForm#' })) }),
  response: {
    200: binary('The transcript. `Content-Type` says its form.'),
    206: binary('The range that was asked for, of a long transcript.'),
    304: { description: 'The copy that the client has is current.', type: 'null' },
    307: {
      description: 'A long transcript in a bucket: the same request at `Location` gets it, for an hour at most.',
      headers: { Location: { description: 'A signed address of the store.', type: 'string' } },
      type: 'null',
    },
    ...errors(
      'invalid_request',
      'not_found',
      'file_expired',
      'not_acceptable',
      'job_not_finished',
      'precondition_failed',
      'range_not_satisfiable',
      'service_unavailable',
    ),
  },
}

export const fetchTranscript: Route = async (app, dependencies) => {
  const url = dependencies.paths.api('/job/:job_id/transcript')
  app.get<TranscriptRoute>(url, { schema, exposeHeadRoute: false }, (request, reply) =>
    send(dependencies, request, reply, 'GET'),
  )
  app.head<TranscriptRoute>(url, { schema }, (request, reply) => send(dependencies, request, reply, 'HEAD'))
}

async function send(
  dependencies: RouteDependencies,
  request: FastifyRequest<TranscriptRoute>,
  reply: FastifyReply,
  method: 'GET' | 'HEAD',
): Promise<FastifyReply> {
  const {
    title,
    language,
    automatic,
    segments,
    files = [],
  } = resultOf(await requireOwnedJob(dependencies.jobs, request, request.params.job_id))
  const form = formOf(request)
  reply.header('vary', 'Accept')
  if (segments === undefined) {
    const entry = await ownFile(dependencies, request, fileOf(files, form))
    return await sendFile(dependencies, request, reply, { entry, method, disposition: 'inline' })
  }
  const text = transcriptForms[form](segments, { title, language, automatic })
  return reply.type(`${transcriptFormTable[form].mediaType}; charset=utf-8`).send(text)
}

/** Throws 409 for a job that goes on, and 404 for one that has no transcript. */
function resultOf({ kind, state, result }: JobSnapshot): TranscriptResult {
  if (kind !== 'transcript') throw new RequestError('not_found', { message: 'This job makes no transcript.' })
  if (state === 'queued' || state === 'running')
    throw new RequestError('job_not_finished', { message: 'The job has not ended yet, so there is no transcript.' })
  if (state !== 'completed' || result === null)
    throw new RequestError('not_found', { message: 'The job ended without a transcript. Its status says why.' })
  return result
}

/** Throws 406 where `Accept` allows none of them. */
function formOf({ query, headers }: FastifyRequest<TranscriptRoute>): TranscriptForm {
  if (query.format !== undefined) return query.format
  const accepted = new Negotiator({ headers }).mediaType([...mediaTypes, ANY_BYTES])
  const form =
    accepted === ANY_BYTES
      ? transcriptFormWords[0]
      : transcriptFormWords.find((each) => transcriptFormTable[each].mediaType === accepted)
  if (form === undefined) throw new RequestError('not_acceptable')
  return form
}

const fileOf = (files: readonly FileEntry[], form: TranscriptForm): string =>
  files.find(({ mediaType }) => mediaType === contentTypes[transcriptFormTable[form].extension])?.filename ?? ''
