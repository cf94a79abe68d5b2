/** Stands for the JavaScript client in `clients/behaviour`: reads calls as lines of JSON, writes their outcomes. */
import { createInterface } from 'node:readline'
import { VideoScraper, VideoScraperError, verifyWebhook } from '@video-scraper/client'
import { save } from '@video-scraper/client/node'

const milliseconds = (seconds) => (seconds === undefined ? undefined : seconds * 1000)

/** Options of a wait, with what it reported on the way. */
function waitingOf({ deadline, cancel_on_abort, abort_after }, seen) {
  return {
    deadlineMs: milliseconds(deadline),
    cancelOnAbort: cancel_on_abort,
    onProgress: (job) => seen.push(job.status),
    ...(abort_after !== undefined && { signal: AbortSignal.timeout(milliseconds(abort_after)) }),
  }
}

const waited = async (parameters, work) => {
  const seen = []
  return { ...(await work(waitingOf(parameters, seen))), progress: seen }
}

/** Each entry that was given, with the state in which the playlist was then. */
async function waitedWithEntries(parameters, work) {
  const [seen, given] = [[], []]
  const onEntry = async ({ position, state }) => {
    // A promise is awaited: else the entries would be given before those that came first.
    await new Promise((resolve) => setTimeout(resolve, 20))
    given.push({ position, state, while: seen.at(-1) })
  }
  const job = await work({ ...waitingOf(parameters, seen), onEntry })
  return { ...job, progress: seen, given }
}

async function collected(items, most = Infinity) {
  const all = []
  for await (const item of items) if (all.push(item) >= most) break
  return all
}

const calls = {
  info: (client, { url, fields, ...rest }) => waited(rest, (options) => client.info(url, fields, options)),
  download: (client, { url, fields, ...rest }) => waited(rest, (options) => client.download(url, fields, options)),
  transcript: (client, { url, fields, ...rest }) => waited(rest, (options) => client.transcript(url, fields, options)),
  get_transcript_text: (client, { id, format }) => client.getTranscriptText(id, format),
  start_info: (client, { url, fields, idempotency_key }) =>
    client.startInfo(url, fields, { idempotencyKey: idempotency_key }),
  start_infos: (client, { urls, fields }) => client.startInfos(urls, fields),
  start_download: (client, { url, fields }) => client.startDownload(url, fields),
  playlist: (client, { url, fields, on_entry, ...rest }) =>
    (on_entry ? waitedWithEntries : waited)(rest, (options) => client.playlist(url, fields, options)),
  start_playlist: (client, { url, fields }) => client.startPlaylist(url, fields),
  entries: (client, { id, limit, most }) => collected(client.entries(id, { limit }), most),
  get_info_job: (client, { id }) => client.getInfoJob(id),
  get_download: (client, { id }) => client.getDownload(id),
  wait_for_info_job: (client, { id, ...rest }) => waited(rest, (options) => client.waitForInfoJob(id, options)),
  wait_for_download: (client, { id, ...rest }) => waited(rest, (options) => client.waitForDownload(id, options)),
  follow_download: (client, { id }) => collected(client.followDownload(id)),
  cancel: (client, { id }) => client.cancel(id),
  retry: (client, { id }) => client.retry(id),
  jobs: (client, { limit, most }) => collected(client.jobs({ limit }), most),
  downloads: (client, { limit, most }) => collected(client.downloads({ limit }), most),
  delete_file: async (client, { filename }) => (await client.deleteFile(filename)) ?? null,
  save: (client, { download, path }) => save(client, download, path),
  get_status: (client) => client.getStatus(),
  raw: async (client, { operation, path, query }) => {
    const { data, status, requestId } = await client.call(operation, { path, query })
    return { data, status, request_id: requestId }
  },
  verify_webhook: (_client, { secret, headers, body, now }) =>
    verifyWebhook({ secret, headers, body, now: now * 1000 }),
}

const errorText = (error) =>
  error instanceof VideoScraperError
    ? {
        group: error.name,
        code: error.code,
        status: error.status,
        retryable: error.retryable,
        retry_after: error.retryAfter,
        request_id: error.requestId,
        message: error.message,
        job_id: error.jobId ?? null,
      }
    : { group: error.name === 'TimeoutError' ? 'Aborted' : error.name, message: String(error.stack) }

async function perform({ client: { base_url, api_key, timeout, retries }, call, with: parameters }) {
  const log = []
  try {
    const client = new VideoScraper({
      baseUrl: base_url,
      apiKey: api_key,
      timeoutMs: milliseconds(timeout),
      retries,
      log: (entry) => log.push(entry),
    })
    return { result: (await calls[call](client, parameters)) ?? null, log }
  } catch (error) {
    return { error: errorText(error), log }
  }
}

createInterface({ input: process.stdin }).on('line', async (line) => {
  const { id, ...request } = JSON.parse(line)
  process.stdout.write(`${JSON.stringify({ id, ...(await perform(request)) })}\n`)
})
