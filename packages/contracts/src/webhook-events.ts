/** The bodies that are posted to a receiver of webhooks: what happened, and the job exactly as its own GET answers it. */
import { type TSchema, Type } from 'typebox'
import { Instant } from './instants.ts'
import { type JobKind, jobKinds, kinds } from './kinds/table.ts'
import { refTo, wordOf } from './named.ts'
import { DeliveredEvent, type WebhookEvent } from './webhooks.ts'

/** `job_complete` becomes `JobComplete`. */
const pascalCase = (word: string) => word.replaceAll(/(?:^|_)(.)/g, (_, letter: string) => letter.toUpperCase())

const eventOf = (type: WebhookEvent, job: TSchema) =>
  Type.Object(
    {
      type: wordOf(DeliveredEvent, type),
      timestamp: Instant('When it happened.'),
      sequence: Type.Integer({
        description: 'Grows with each event of the same job. Events may arrive in any order.',
      }),
      data: refTo(job),
    },
    {
      $id: `${pascalCase(type)}Event`,
      description: `\`type\` is \`${type}\`. \`data\` is what GET of the job answers.`,
    },
  )

const eventsOf = (kind: JobKind) => {
  const { events, status } = kinds[kind]
  return Object.values(events).map((type) => [type, eventOf(type, status)] as const)
}

export const webhookEvents = Object.fromEntries(jobKinds.flatMap(eventsOf)) as Record<
  WebhookEvent,
  ReturnType<typeof eventOf>
>
