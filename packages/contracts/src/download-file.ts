/** One file of a download, as every answer that names files shows it. */
import { type Static, Type } from 'typebox'
import { ByteCount } from './byte-count.ts'
import { FilePart } from './file-part.ts'
import { FileRole } from './file-roles.ts'
import { refTo } from './named.ts'
import { NullableString } from './nullable.ts'

export const DownloadFile = Type.Object(
  {
    filename: Type.String({ description: 'The name of the file.' }),
    role: refTo(FileRole),
    language: NullableString({ description: 'Of subtitles, as the source names it; null for everything else.' }),
    automatic: Type.Boolean({ description: 'true: a machine made these subtitles from the sound.' }),
    part: Type.Optional(refTo(FilePart)),
    size_bytes: ByteCount('The size of the file.'),
    media_type: Type.String(),
    sha256: Type.String({ description: 'Of the file, 64 hexadecimal digits.' }),
    download_url: Type.String({ description: 'Where to fetch the file.' }),
    expired: Type.Boolean({
      description: 'This file has been removed, since its time was over or its owner removed it.',
    }),
  },
  { $id: 'DownloadFile', description: 'One file of a download.' },
)
export type DownloadFile = Static<typeof DownloadFile>
