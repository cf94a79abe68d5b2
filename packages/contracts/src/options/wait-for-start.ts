/** `wait_for_start`: whether the job waits for a stream that has not started. */
import { Type } from 'typebox'
import { defineOption } from './option.ts'

export const waitForStart = defineOption({
  schema: Type.Boolean({
    description:
      'Whether the job waits where the stream has not started and the source says when it will: its status then has `last_error` with `starts_at`, and `next_attempt_at`. It counts as a waiting job, uses up no attempt, and can be cancelled. A start that this service does not wait for so long, a stream that is put off again and again, and one whose start nobody knows fail with `live_not_started`. Absent: the job fails so at once.',
    examples: [true],
  }),
  affects: 'nothing',
  since: 6,
  absent: false,
})
