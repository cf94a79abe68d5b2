export { type RequestErrorCode, requestErrors } from './errors.ts'
export { CreateFileLinkBody, FileLink, LINK_SECONDS_DEFAULT, LINK_SECONDS_MAX } from './file-links.ts'
export * from './http.ts'
export {
  FileEntry,
  JobEnvelope,
  JobProgress,
  type JobResults,
  PAYLOAD_VERSION,
  URL_LENGTH_MAX,
  VideoFormat,
  VideoInfo,
} from './jobs.ts'
export { DownloadStatus, FailureCode, InfoStatus, JobKind, JobState, Phase, SupportLevel } from './words.ts'
