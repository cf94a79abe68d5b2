/** `max_filesize`: how large the file may become. */
import { Type } from 'typebox'
import { defineOption } from './option.ts'

export const maxFilesize = defineOption({
  schema: Type.Integer({
    format: 'int64',
    minimum: 1,
    maximum: Number.MAX_SAFE_INTEGER,
    description:
      'How large the file may be, in bytes. The best formats that fit are taken. Where nothing fits, the download fails with `file_too_large`.',
    examples: [100_000_000],
  }),
  affects: 'selection',
  since: 3,
  absent: null,
})
