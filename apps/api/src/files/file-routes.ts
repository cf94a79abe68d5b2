/** The operations of the files that downloads have made. */
import type { Route } from '../dependencies.ts'
import { createArchiveLink } from './routes/create-archive-link.ts'
import { createFileLink } from './routes/create-file-link.ts'
import { deleteFile } from './routes/delete-file.ts'
import { fetchArchive } from './routes/fetch-archive.ts'
import { fetchFile } from './routes/fetch-file.ts'
import { listDownloads } from './routes/list-downloads.ts'

export const fileRoutes: readonly Route[] = [
  listDownloads,
  fetchFile,
  fetchArchive,
  createFileLink,
  createArchiveLink,
  deleteFile,
]
