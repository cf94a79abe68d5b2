export {
  FILE_NAME_LENGTH_MAX,
  type FileNameParts,
  fileNameFor,
  isFileName,
  type NamedFile,
  readFileName,
} from './file-name.ts'
export type { ByteRange, Library, OpenFile, Staged } from './library.ts'
export { type LocalFile, openLocalFile } from './local/local-file.ts'
export {
  type LibraryStep,
  type LocalLibrary,
  type LocalLibraryOptions,
  openLocalLibrary,
} from './local/local-library.ts'
export { mediaTypes } from './media-type.ts'
export { openLibrary, storageContradictionIn } from './open-library.ts'
export { type Digest, type DigestFollower, digestOf, type FollowDigest, followDigest } from './publish/digest.ts'
export { nameMedia } from './publish/name-media.ts'
export type { ProbedMedia, ProbedStream } from './publish/probe-report.ts'
export { type VerifyMedia, verifyMedia } from './publish/verify.ts'
export { type VerifiedContent, verifyContent } from './publish/verify-content.ts'
export { RemovedSince } from './removed-since.ts'
export type { S3Library, S3LibraryOptions } from './s3/s3-library.ts'
export type { S3Settings } from './s3/s3-settings.ts'
export { contentDisposition, type Disposition, offeredName } from './serve/content-disposition.ts'
export { type DeliveredFile, type Delivery, type DeliveryRequest, deliver } from './serve/delivery.ts'
export { type ConditionalHeaders, listsEntityTag } from './serve/preconditions.ts'
export { type ArchivedSource, zipArchive, zipArchiveBytes } from './serve/zip-archive.ts'
