/** The disk space of one download, as its task sees it: what it may take, what it says of its size, and what stops it when there is no more. */

export interface ReservationSubject {
  jobId: string
  owner: string
  /** The job's work folder. */
  folder: string
}

export interface DiskReservation {
  /** Aborted, with a `JobFailure` as its reason, when the download has outgrown what is left. */
  readonly signal: AbortSignal
  /** What the download may take of the disk, with what it already has there, and of its owner's quota. Or infinity. */
  readonly diskBytes: number
  readonly ownerBytes: number
  /** The file will be this large; null: nobody knows. `copies`: how often that is needed on the disk at once. */
  expect(size: { fileBytes: number | null; copies: number }): void
  /** So much of the file has been fetched. */
  grew(fileBytes: number): void
  /** All is fetched: only what lies there is claimed from now on, and the download is no longer one that makes way for others. */
  fetched(): Promise<void>
  /**
   * After `fetched`: claims space for another form of the file, which is made beside it. Rejects with `disk_full` or
   * `quota_exceeded` where there is none.
   */
  reserveCopy(copy: CopyRequest): Promise<CopyReservation>
  /** The file is there. Rejects with `quota_exceeded` where it does not fit; otherwise its place is kept for a minute. */
  settle(sizeBytes: number): Promise<void>
  /** Ends the watch and gives the disk's space back. The owner's too, unless the file was settled. */
  release(): Promise<void>
}

/** In bytes: how large the copy will be, at a guess, and what its owner keeps beside it. */
export interface CopyRequest {
  expectedBytes: number
  otherBytes: number
}

/** Until `keep` or `drop`, what does not fit ends the copy, and not the download. */
export interface CopyReservation {
  /** Aborted, with a `JobFailure` as its reason, when there is no more space for the copy. */
  readonly signal: AbortSignal
  /** With more the copy would not fit on the disk, or into what its owner may keep. Or infinity. */
  readonly bytesMax: number
  /** The copy is whole, and is what its owner keeps instead of the file. Rejects with `quota_exceeded` where it does not fit. */
  keep(sizeBytes: number): Promise<void>
  /** The copy is gone. */
  drop(): void
}
