export { AdmissionSettings, admissionSettings } from './admission-settings.ts'
export { API_PREFIX } from './api-prefix.ts'
export { CaptionSource } from './caption-source.ts'
export * from './cookies.ts'
export { createAnswers, RefusedUrl, RetryAcceptance } from './create-answers.ts'
export { BATCH_URLS_MAX, type CreateRequest, createRequests } from './create-requests.ts'
export * from './download.ts'
export { DownloadFile } from './download-file.ts'
export { JobEnvelope, PAYLOAD_VERSION } from './envelope.ts'
export { type RequestErrorCode, requestErrors } from './errors.ts'
export { EVENT_LINK_SECONDS, EventLink } from './event-link.ts'
export {
  CreateArchiveLinkBody,
  CreateFileLinkBody,
  FileLink,
  LINK_SECONDS_DEFAULT,
  LINK_SECONDS_MAX,
} from './file-links.ts'
export { FilePart } from './file-part.ts'
export {
  type ContentExtension,
  contentTypes,
  FileRole,
  type FileRoleRule,
  fileRoles,
  isFileRole,
  LanguageTag,
} from './file-roles.ts'
export * from './http.ts'
export { instantCondition } from './instants.ts'
export { jobFormShapes } from './job-form-status.ts'
export { JobWarning, LastError } from './job-notes.ts'
export {
  type DownloadResult,
  downloadResult,
  filesOf,
  type InfoResult,
  type PlaylistResult,
  type TranscriptResult,
} from './job-results.ts'
export {
  CancelledJobs,
  DeletedJobs,
  JobSelection,
  JobStatusWord,
  jobConditions,
  RefusedJob,
  SELECTED_JOBS_MAX,
} from './job-selection.ts'
export {
  BestFormat,
  FileEntry,
  JobProgress,
  URL_LENGTH_MAX,
  VideoFormat,
  VideoInfo,
} from './jobs.ts'
export {
  ApiKey,
  CreateKeyBody,
  IssuedKey,
  KeyLimits,
  KeyList,
  KeyScope,
  UpdateKeyBody,
} from './keys.ts'
export type {
  DownloadFormKind,
  FinalState,
  JobFormKind,
  Kind,
  KindExamples,
  ShowSurroundings,
} from './kinds/define-kind.ts'
export { type StatusForm, statusForms } from './kinds/status-form.ts'
export { statusReplies } from './kinds/status-replies.ts'
export {
  forEachKind,
  JobKind,
  JobOptions,
  type JobResults,
  jobKinds,
  kinds,
  kindsOfForm,
  optionsOfKind,
} from './kinds/table.ts'
export * from './metadata.ts'
export { nameOf } from './named.ts'
export { canonicalOptions, optionsText, payloadVersionOf } from './options/canonical.ts'
export { ENTRIES_DEFAULT } from './options/entries.ts'
export { FORMAT_ID_LENGTH_MAX, FORMAT_IDS_LENGTH_MAX } from './options/format-id.ts'
export { PLAYLIST_ITEMS_MAX } from './options/max-items.ts'
export { type Affects, defineOption, type Option, type OptionTable } from './options/option.ts'
export {
  type EntryKind,
  EntryOptions,
  entryKindOf,
  entryOptionTables,
  sharedOptionsFor,
} from './options/playlist-table.ts'
export { type OptionProblem, problemsOfOptions } from './options/rules.ts'
export {
  type DownloadOptions,
  DownloadOptionValues,
  type InfoOptions,
  type TranscriptOptions,
} from './options/table.ts'
export * from './playlist.ts'
export { StorageSettings, storageSettings } from './storage-settings.ts'
export {
  TranscriptForm,
  TranscriptSegment,
  transcriptFormTable,
  transcriptFormWords,
} from './transcript-form.ts'
export { INLINE_TRANSCRIPT_BYTES_MAX } from './transcript-job.ts'
export * from './video-details.ts'
export * from './webhook-events.ts'
export * from './webhooks.ts'
export {
  AcceptedStatus,
  DownloadStatus,
  FailureCode,
  InfoStatus,
  JobState,
  Phase,
  SupportLevel,
  WaitReason,
  WarningCode,
} from './words.ts'
