/** Whether a cached answer may answer a job: clients say how old it may be (`max_age`), or that nothing may (`fresh`). */
import type { JobEnvelope } from '@video-scraper/contracts'

type Asked = Pick<JobEnvelope, 'fresh' | 'options'>

/** Nothing cached may answer, however young it is. */
export const asksSource = ({ fresh, options }: Asked): boolean => fresh === true || options.max_age === 0

/** `madeAt`, `now`: epoch milliseconds. */
export const mayAnswer = (asked: Asked, madeAt: number, now: number): boolean =>
  !asksSource(asked) && now - madeAt <= (asked.options.max_age ?? Number.POSITIVE_INFINITY) * 1000
