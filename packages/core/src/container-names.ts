/** What files are called: by their content, whatever a source called them. Drawn from the table of containers. */
import { type Container, containers, type FileKind } from './containers.ts'

const rows: Readonly<Record<string, Container>> = containers
const kinds = Object.values(rows).flatMap(({ files }) => Object.entries(files))

/** The row of a format, by ffprobe's `format_name`, such as `mov,mp4,m4a,3gp,3g2,mj2`. Null: no media to us. */
function containerOf(formatName: string): Container | null {
  const name = formatName.split(',', 1)[0] ?? ''
  return Object.hasOwn(rows, name) ? (rows[name] ?? null) : null
}

/** Every name of a list in all rows, each once: what ffmpeg may read, or write. */
export const namesOf = (list: 'readers' | 'writers'): string[] => [
  ...new Set(Object.values(rows).flatMap((row) => row[list])),
]

/** Extension to media type, of every file that the table can name. With a picture, where both are possible. */
export const mediaTypesByExtension: Readonly<Record<string, string>> = Object.fromEntries(
  kinds.map(([extension, { picture, sound }]) => [extension, picture ?? sound ?? '']),
)

/** Every media type of the table. */
export const containerMediaTypes: ReadonlySet<string> = new Set(
  kinds.flatMap(([, { picture, sound }]) => [picture, sound].filter((type) => type !== undefined)),
)

/** What is known of a file's content, and what its source called it. */
export interface MediaContent {
  /** ffprobe's `format_name`. */
  readonly formatName: string
  readonly hasVideo: boolean
  /** The first bytes as Latin-1; 128 are enough. */
  readonly beginning: string
  /** The extension that the source gave it. It is kept where it fits what is in the file. */
  readonly named: string
}

/** Whether ffprobe's `format_name` is that of a container, and not of a picture, a playlist or a text. */
export const isContainer = (formatName: string): boolean => containerOf(formatName) !== null

/** What a file is to be called: by its content, whatever it was called. Null for what is not in the table. */
export function nameByContent(content: MediaContent): { extension: string; mediaType: string } | null {
  const container = containerOf(content.formatName)
  if (container === null) return null
  const typeOf = ({ picture, sound, begins }: FileKind): string | undefined =>
    begins === undefined || begins(content.beginning) ? (content.hasVideo ? picture : sound) : undefined
  const named = content.named.toLowerCase()
  const all = Object.entries(container.files)
  // What begins like one of the marked kinds is that kind; a name chooses only among the kinds that fit.
  const marked = all.filter(([, kind]) => kind.begins !== undefined && typeOf(kind) !== undefined)
  const fitting = marked.length > 0 ? marked : all.filter(([, kind]) => typeOf(kind) !== undefined)
  const found = fitting.find(([extension]) => extension === named) ?? fitting[0]
  return found === undefined ? null : { extension: found[0], mediaType: typeOf(found[1]) ?? '' }
}
