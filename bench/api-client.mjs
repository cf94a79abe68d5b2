/** Uses the API as a client does: makes a job, asks until it has ended. */
import { setTimeout as delay } from 'node:timers/promises'

const json = async (reply) => {
  const text = await reply.text()
  if (!reply.ok) throw new Error(`The gateway answered ${reply.status}: ${text}`)
  return JSON.parse(text)
}

export const api = (origin, path) => `${origin}/api/video-scraper${path}`

/** `headers`: such as an API key. */
export const post = async (url, body, headers = {}) =>
  json(
    await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  )

export const get = async (url, headers = {}) => json(await fetch(url, { headers }))

/** Asks every `everyMs` and resolves to the job once it is `completed`. Any other end is an error. */
export async function untilCompleted(url, everyMs, headers) {
  for (;;) {
    const job = await get(url, headers)
    if (job.status === 'completed') return job
    if (job.status !== 'processing' && job.status !== 'in_progress')
      throw new Error(`The job ended as ${job.status}: ${job.error ?? ''}`)
    await delay(everyMs)
  }
}
