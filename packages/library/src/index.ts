export { contentDisposition, type Disposition, offeredName } from './content-disposition.ts'
export { type DeliveredFile, type Delivery, type DeliveryRequest, deliver } from './delivery.ts'
export { type Digest, type DigestFollower, digestOf, type FollowDigest, followDigest } from './digest.ts'
export {
  FILE_NAME_LENGTH_MAX,
  type FileNameParts,
  fileNameFor,
  isFileName,
  type NamedFile,
  readFileName,
} from './file-name.ts'
export type { ByteRange, Library, OpenFile, Staged } from './library.ts'
export { type LocalFile, openLocalFile } from './local-file.ts'
export { type LibraryStep, type LocalLibrary, type LocalLibraryOptions, openLocalLibrary } from './local-library.ts'
export { mediaTypes } from './media-type.ts'
export { nameMedia } from './name-media.ts'
export { openLibrary, storageContradictionIn } from './open-library.ts'
export { type ConditionalHeaders, listsEntityTag } from './preconditions.ts'
export type { ProbedMedia } from './probe-report.ts'
export { RemovedSince } from './removed-since.ts'
export type { S3Library, S3LibraryOptions } from './s3/s3-library.ts'
export type { S3Settings } from './s3/s3-settings.ts'
export { type VerifyMedia, verifyMedia } from './verify.ts'
export { type VerifiedContent, verifyContent } from './verify-content.ts'
export { type ArchivedSource, zipArchive, zipArchiveBytes } from './zip-archive.ts'
