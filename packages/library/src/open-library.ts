/** Opens the library where the settings say it is. */
import type { StorageSettings } from '@video-scraper/contracts'
import type { Library } from './library.ts'
import { openLocalLibrary } from './local/local-library.ts'
import type { NoteKeys } from './publish/note-signature.ts'

interface Home {
  /** The folder of a local library. */
  directory: string
  settings: StorageSettings
  /** Whether clients may be sent to where the files lie. A folder has no such place. */
  links: boolean
  /** What signs the notes of finished downloads. Default: none, for whoever neither stages nor publishes. */
  noteKeys?: NoteKeys
  /** Authorities (PEM) that the certificate of the bucket may come from. Default: those that come with Node. */
  certificateAuthorities?: readonly string[] | undefined
}

/** The SDK takes half a second and 40 MB, so it is loaded only for those who use it. */
export async function openLibrary({
  directory,
  settings,
  links,
  noteKeys = [],
  certificateAuthorities,
}: Home): Promise<Library> {
  if (settings.S3_BUCKET === '') return await openLocalLibrary({ directory, noteKeys })
  const { openS3Library } = await import('./s3/s3-library.ts')
  const { link, ...library } = await openS3Library({
    noteKeys,
    settings: {
      bucket: settings.S3_BUCKET,
      endpoint: settings.S3_ENDPOINT,
      publicEndpoint: settings.S3_PUBLIC_ENDPOINT,
      region: settings.S3_REGION,
      accessKeyId: settings.S3_ACCESS_KEY_ID,
      secretAccessKey: settings.S3_SECRET_ACCESS_KEY,
      prefix: settings.S3_PREFIX,
      forcePathStyle: settings.S3_FORCE_PATH_STYLE,
      certificateAuthorities,
    },
  })
  return links ? { ...library, link } : library
}

/** What a single variable cannot say. Returns a sentence, or null when all is well. */
export function storageContradictionIn(settings: StorageSettings): string | null {
  const { S3_BUCKET, S3_ENDPOINT, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = settings
  if ((S3_ACCESS_KEY_ID === '') !== (S3_SECRET_ACCESS_KEY === '')) {
    return 'S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY belong together. Set both, or neither.'
  }
  if (S3_BUCKET === '' && (S3_ENDPOINT !== '' || S3_ACCESS_KEY_ID !== '')) {
    return 'There are S3_ settings but no S3_BUCKET. Name the bucket, or leave them all out.'
  }
  return null
}
