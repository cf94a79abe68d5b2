/** How the address of a destination is sealed: the gateway seals it, and the worker of the same owner's job opens it. */

interface SealedFor {
  readonly owner: string
  readonly origin: string
}

/** For `sealText` and `unsealText`. Under another owner, or beside another origin, the same bytes are not opened. */
export const destinationSeal = ({ owner, origin }: SealedFor) => ({
  use: 'destinations of files',
  boundTo: [owner, origin],
})
