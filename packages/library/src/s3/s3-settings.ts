/** Where a bucket is and how it is spoken to. */

export interface S3Settings {
  bucket: string
  /** Empty: Amazon's own, by region. */
  endpoint: string
  /** Where clients reach the same bucket, for links. Empty: as `endpoint`. */
  publicEndpoint: string
  region: string
  /** Both empty: found as the SDK does, from the machine's role or its files. */
  accessKeyId: string
  secretAccessKey: string
  /** In front of every key. Empty, or ending with a slash. */
  prefix: string
  /** The bucket in the path, not in the host name. Most servers that are not Amazon's need it. */
  forcePathStyle: boolean
  /** Authorities (PEM) that the store's certificate may come from. Default: those that come with Node. */
  certificateAuthorities?: readonly string[] | undefined
}
