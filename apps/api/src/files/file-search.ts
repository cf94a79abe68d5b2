/** What a list of files may be narrowed down to, and how a query says it. */
import { type FileEntry, type FileRole, instantCondition } from '@video-scraper/contracts'
import { type FileSearch, SEARCHED_MAX } from '@video-scraper/store'
import { type Static, Type } from 'typebox'
import { epochMs } from '../http/instant-of.ts'
import { ref } from '../openapi/schema-reference.ts'

export const FileSearchQuery = {
  created_after: instantCondition('Only files that were published later than this.'),
  created_before: instantCondition('Only files that were published earlier than this.'),
  extension: Type.Optional(
    Type.String({ pattern: '^\\.?[A-Za-z0-9]{1,10}$', description: 'Only files with this extension, such as `mp4`.' }),
  ),
  role: Type.Optional(ref<FileRole>('FileRole')),
  text: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description: `Only files with this text in title, file name or source URL, in upper or lower case. A page looks through ${SEARCHED_MAX} files at most, so it may be short or empty although \`Link\` goes on.`,
    }),
  ),
}

type Query = Static<ReturnType<typeof Type.Object<typeof FileSearchQuery>>>

/** Throws `invalid_request` for an instant that no calendar has. */
export function fileSearch({ created_after, created_before, extension, role, text }: Query): FileSearch {
  const conditions: ((entry: FileEntry) => boolean)[] = []
  if (extension !== undefined) {
    const ending = `.${extension.replace('.', '').toLowerCase()}`
    conditions.push(({ filename }) => filename.endsWith(ending))
  }
  if (text !== undefined) {
    const wanted = folded(text)
    conditions.push((entry) =>
      [entry.title ?? '', entry.filename, entry.sourceUrl].some((t) => folded(t).includes(wanted)),
    )
  }
  return {
    created: { after: epochMs('created_after', created_after), before: epochMs('created_before', created_before) },
    ...(role === undefined ? {} : { role }),
    ...(conditions.length > 0 ? { matches: (entry) => conditions.every((holds) => holds(entry)) } : {}),
  }
}

/** Two spellings of one text, such as an accent written apart, are the same. */
const folded = (text: string) => text.normalize('NFKC').toLowerCase()
