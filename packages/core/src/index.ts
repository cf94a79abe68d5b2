export { backoffMs } from './backoff.ts'
export {
  containerMediaTypes,
  isContainer,
  mediaTypesByExtension,
  nameByContent,
  namesOf,
} from './container-names.ts'
export { containers } from './containers.ts'
export { destinationSeal } from './destination-seal.ts'
export { isFormatId } from './format-id.ts'
export { failureCodeOf, failureOf, failureRules, JobFailure } from './job-failure.ts'
export { type EarlyEnd, endsEarly, isFinal, type JobFacts, nextStates, stateOf, type Verdict } from './job-state.ts'
export { type Lengths, lengthDiffers, warningSentences, warningsFrom } from './job-warning.ts'
export { recordLifetimeMs } from './retention.ts'
export { signalWithTimeout } from './signal-with-timeout.ts'
export { canonicalSourceUrl } from './source-url.ts'
export { lookAgainAt, type StartWaitLimits } from './start-wait.ts'
export { Stop, type StopReason, stopReasonOf } from './stop.ts'
export { type ReadTranscript, transcriptOf } from './transcript/transcript.ts'
export { type TranscriptHead, transcriptForms } from './transcript/transcript-forms.ts'
export { failureOfWait, hasWaitedTooLong, WaitUntil, waitMsUntil } from './wait-until.ts'
