/** The two homes that a library can have: both real, and the same to those who use them. */
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Library, type LibraryStep, openLocalLibrary, type S3Settings } from '@video-scraper/library'
import { type DisposableS3, temporaryFolder } from '@video-scraper/testkit'
import { openBucket } from '../src/s3/s3-bucket.ts'
import { openS3Library, type S3LibraryOptions } from '../src/s3/s3-library.ts'

/** How another process opens the same library. Survives JSON. */
export type HomeAddress = { directory: string } | { s3: S3Settings }

export interface Home {
  readonly library: Library
  readonly address: HomeAddress
  /** A folder on this machine, for work folders. */
  readonly root: string
  /** Every name in the library, sorted: media, sidecars, and what should not be there. */
  names(): Promise<string[]>
  /** Puts something there that the library did not make. */
  plant(name: string, content: string): Promise<void>
  close(): Promise<void>
}

export type Step = LibraryStep | Parameters<NonNullable<S3LibraryOptions['onStep']>>[0]

function openAt(address: HomeAddress, onStep?: (step: Step) => Promise<void>): Promise<Library> {
  const listener = onStep ? { onStep } : {}
  return 'directory' in address
    ? openLocalLibrary({ directory: address.directory, ...listener })
    : openS3Library({ settings: address.s3, ...listener })
}

export async function localHome(): Promise<Home> {
  const root = await temporaryFolder()
  const directory = join(root.path, 'library')
  const address = { directory }
  return {
    library: await openAt(address),
    address,
    root: root.path,
    names: async () => (await readdir(directory)).sort(),
    plant: (name, content) => writeFile(join(directory, name), content),
    close: root.remove,
  }
}

export const settingsOf = (server: DisposableS3, prefix: string): S3Settings => ({
  bucket: server.bucket,
  endpoint: server.endpoint,
  publicEndpoint: '',
  region: server.region,
  accessKeyId: server.accessKeyId,
  secretAccessKey: server.secretAccessKey,
  prefix,
  forcePathStyle: true,
})

let homes = 0

/** A part of the server's bucket that nobody else uses. */
export async function s3Home(server: DisposableS3): Promise<Home> {
  const root = await temporaryFolder()
  homes += 1
  const address = { s3: settingsOf(server, `home-${homes}/`) }
  const { prefix } = address.s3
  const bucket = openBucket(address.s3)
  const library = await openS3Library({ settings: address.s3 })
  return {
    library,
    address,
    root: root.path,
    async names() {
      const names: string[] = []
      for await (const { key } of bucket.list(prefix)) names.push(key.slice(prefix.length))
      return names.sort()
    },
    plant: (name, content) => bucket.put(`${prefix}${name}`, content),
    async close() {
      library.close()
      bucket.close()
      await root.remove()
    },
  }
}
