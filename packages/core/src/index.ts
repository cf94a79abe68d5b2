export { backoffMs } from './backoff.ts'
export {
  containerMediaTypes,
  isContainer,
  mediaTypesByExtension,
  nameByContent,
  namesOf,
} from './container-names.ts'
export { containers } from './containers.ts'
export { FORMAT_ID_LENGTH_MAX, isFormatId } from './format-id.ts'
export { failureCodeOf, failureOf, failureRules, JobFailure } from './job-failure.ts'
export { isFinal, type JobFacts, nextStates, stateOf, type Verdict } from './job-state.ts'
export { warningSentences, warningsFrom } from './job-warning.ts'
export { recordLifetimeMs } from './retention.ts'
export { canonicalSourceUrl } from './source-url.ts'
export { Stop, type StopReason, stopReasonOf } from './stop.ts'
