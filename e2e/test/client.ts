/** A client of the API, as a user would write one: fetch and JSON. */
import { eventually } from '@video-scraper/testkit'

export interface Answer {
  status: number
  headers: Headers
  body: Record<string, unknown>
}

export interface Client {
  get(path: string): Promise<Answer>
  post(path: string, body?: object): Promise<Answer>
  /** Starts an info job and returns its id. */
  info(url: string): Promise<string>
  /** Starts a download and returns its id. */
  download(url: string, formatId?: string): Promise<string>
  infoStatus(id: string): Promise<Record<string, unknown>>
  downloadStatus(id: string): Promise<Record<string, unknown>>
  cancel(id: string): Promise<Answer>
  /** Polls until the job has ended and returns its last body. */
  ended(id: string, timeoutMs?: number): Promise<Record<string, unknown>>
}

const BASE = '/api/video-scraper'
const UNDER_WAY = new Set(['processing', 'in_progress'])

/** `credentials`: headers of every request, such as an API key. */
export function clientOf(origin: string, credentials: Record<string, string> = {}): Client {
  const request = async (method: string, path: string, body?: object): Promise<Answer> => {
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: { ...credentials, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] }
  }
  const accepted = async (path: string, body: object, name: string) => {
    const { status, body: answer } = await request('POST', `${BASE}${path}`, body)
    if (status !== 202) throw new Error(`POST ${path} was answered ${status}: ${JSON.stringify(answer)}`)
    return String(answer[name])
  }
  const infoStatus = async (id: string) => (await request('GET', `${BASE}/job/${id}`)).body
  const downloadStatus = async (id: string) => (await request('GET', `${BASE}/status/${id}`)).body
  const statusOf = (id: string) => (id.startsWith('download_') ? downloadStatus(id) : infoStatus(id))

  return {
    get: (path) => request('GET', path),
    post: (path, body) => request('POST', path, body),
    info: (url) => accepted('/info', { url }, 'job_id'),
    download: (url, formatId) =>
      accepted('/download', formatId ? { url, format_id: formatId } : { url }, 'download_id'),
    infoStatus,
    downloadStatus,
    cancel: (id) => request('POST', `${BASE}/job/${id}/cancel`),
    ended: (id, timeoutMs = 50_000) =>
      eventually(
        async () => {
          const body = await statusOf(id)
          // A queue that is away for a moment says nothing of the job.
          if (UNDER_WAY.has(String(body.status)) || body.code === 'service_unavailable')
            throw new Error(`Still under way: ${JSON.stringify(body)}`)
          return body
        },
        { timeoutMs, everyMs: 50 },
      ),
  }
}
