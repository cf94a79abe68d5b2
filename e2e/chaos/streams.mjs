/** Follows the events of a job to its end, however often the connection breaks on the way. */
import { setTimeout as delay } from 'node:timers/promises'

/** Resolves to the status word of the `end` event, or to null when `deadline` (epoch milliseconds) has passed. */
export async function followToEnd(requests, { path, owner, deadline }) {
  const place = { path, owner, lastId: undefined }
  while (Date.now() < deadline) {
    const end = await followOnce(requests, place).catch(() => null)
    if (end !== null) return end
    // The stream broke off, and goes on from the last event.
    await delay(200)
  }
  return null
}

/** Notes the last event's id in `place`. Resolves to null where the stream ended without an end. */
async function followOnce({ origin, headersOf }, place) {
  const response = await fetch(`${origin()}/api/video-scraper${place.path}`, {
    headers: { ...headersOf(place.owner), ...(place.lastId !== undefined && { 'last-event-id': place.lastId }) },
    signal: AbortSignal.timeout(60_000),
  })
  if (response.status !== 200) return null
  for await (const { id, event, data } of eventsOf(response.body)) {
    place.lastId = id ?? place.lastId
    if (event === 'end') return JSON.parse(data).status
  }
  return null
}

async function* eventsOf(body) {
  let text = ''
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const blocks = text.split('\n\n')
    text = blocks.pop()
    for (const block of blocks) {
      yield Object.fromEntries(
        block.split('\n').flatMap((line) => {
          const at = line.indexOf(': ')
          return at > 0 ? [[line.slice(0, at), line.slice(at + 2)]] : []
        }),
      )
    }
  }
}
