/** The body of a webhook: what happened, when, and the job exactly as its own GET shows it. */
import { nameOf, type WebhookEvent, webhookEvents } from '@video-scraper/contracts'
import type { JobSnapshot } from '@video-scraper/queue'
import { answerTextOf } from './answer-text.ts'
import { jobView } from './job-view.ts'
import type { Surroundings } from './surroundings.ts'
import { instant } from './times.ts'

/** Of each event, what its schema lets through. */
const texts = Object.fromEntries(
  Object.entries(webhookEvents).map(([type, schema]) => [type, answerTextOf({ $ref: `${nameOf(schema)}#` })]),
) as Record<WebhookEvent, (event: unknown) => string>

/** A job tells of one event, its end, so the sequence is 1; events that came before the end would count up to it. */
export const eventText = (type: WebhookEvent, job: JobSnapshot, surroundings: Surroundings): string =>
  texts[type]({
    type,
    timestamp: instant(job.finishedAt ?? surroundings.now),
    sequence: 1,
    data: jobView(job, surroundings),
  })
