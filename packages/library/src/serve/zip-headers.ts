/** The headers of a ZIP archive whose files are stored as they are (APPNOTE 6.3.10, section 4). Their lengths depend on names and sizes alone. */

export interface ArchivedFile {
  /** Unique in its archive. Any text without slashes. */
  name: string
  sizeBytes: number
  /** Epoch milliseconds; reported in UTC, to two seconds. */
  modifiedMs: number
}

/** A file whose place and checksum in the archive are known. */
export interface PlacedFile extends ArchivedFile {
  offset: number
  crc32: number
}

/** From here on the fields of 32 and 16 bits say nothing, and those of ZIP64 do. */
const LIMIT_32 = 0xffffffff
/** 4.5 for what has fields of ZIP64, 2.0 for the rest. */
const versionOf = (isLarge: boolean): number => (isLarge ? 45 : 20)
/** The checksum follows the file (bit 3), and the name is UTF-8 (bit 11). */
const FLAGS = 0x0808
const ZIP64 = 1

const isLarge = ({ sizeBytes }: ArchivedFile): boolean => sizeBytes >= LIMIT_32

/** Fields of 2, 4 and 8 bytes, one after the other, in little endian. */
function fields(...values: readonly (readonly [bytes: 2 | 4 | 8, value: number])[]): Buffer {
  const buffer = Buffer.alloc(values.reduce((sum, [bytes]) => sum + bytes, 0))
  let at = 0
  for (const [bytes, value] of values) {
    if (bytes === 8) buffer.writeBigUInt64LE(BigInt(value), at)
    else buffer.writeUIntLE(value, at, bytes)
    at += bytes
  }
  return buffer
}

/** Section 4.4.6. A time before 1980 cannot be written. */
function dosTime(modifiedMs: number): readonly [time: number, date: number] {
  const at = new Date(Math.max(modifiedMs, Date.UTC(1980, 0, 1)))
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1)
  return [time, ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate()]
}

/** Stands before a file. Its sizes and its checksum follow in the descriptor. */
export function localHeader(file: ArchivedFile): Buffer {
  const name = Buffer.from(file.name)
  const extra = isLarge(file) ? fields([2, ZIP64], [2, 16], [8, 0], [8, 0]) : Buffer.alloc(0)
  const [time, date] = dosTime(file.modifiedMs)
  const size = isLarge(file) ? LIMIT_32 : 0
  const head = fields(
    ...([
      [4, 0x04034b50],
      [2, versionOf(isLarge(file))],
      [2, FLAGS],
      [2, 0],
      [2, time],
      [2, date],
    ] as const),
    ...([
      [4, 0],
      [4, size],
      [4, size],
      [2, name.length],
      [2, extra.length],
    ] as const),
  )
  return Buffer.concat([head, name, extra])
}

/** Stands behind a file. */
export function descriptor({ crc32, ...file }: Omit<PlacedFile, 'offset'>): Buffer {
  const bytes = isLarge(file) ? 8 : 4
  return fields([4, 0x08074b50], [4, crc32], [bytes, file.sizeBytes], [bytes, file.sizeBytes])
}

function centralHeader(file: PlacedFile): Buffer {
  const name = Buffer.from(file.name)
  const isFar = file.offset >= LIMIT_32
  const sizes = isLarge(file)
    ? ([
        [8, file.sizeBytes],
        [8, file.sizeBytes],
      ] as const)
    : []
  const place = isFar ? ([[8, file.offset]] as const) : []
  const far = [...sizes, ...place]
  const extra = far.length > 0 ? fields([2, ZIP64], [2, 8 * far.length], ...far) : Buffer.alloc(0)
  const [time, date] = dosTime(file.modifiedMs)
  const version = versionOf(far.length > 0)
  const size = Math.min(file.sizeBytes, LIMIT_32)
  const head = fields(
    ...([
      [4, 0x02014b50],
      [2, version],
      [2, version],
      [2, FLAGS],
      [2, 0],
      [2, time],
      [2, date],
    ] as const),
    ...([
      [4, file.crc32],
      [4, size],
      [4, size],
      [2, name.length],
      [2, extra.length],
      [2, 0],
      [2, 0],
      [2, 0],
    ] as const),
    ...([
      [4, 0],
      [4, Math.min(file.offset, LIMIT_32)],
    ] as const),
  )
  return Buffer.concat([head, name, extra])
}

/** Stands at the end: where each file is. `offset`: of this itself. At most 65,534 files. */
export function centralDirectory(files: readonly PlacedFile[], offset: number): Buffer {
  const headers = Buffer.concat(files.map(centralHeader))
  const count = files.length
  const isFar = offset >= LIMIT_32
  const far = isFar
    ? [
        ...([
          [4, 0x06064b50],
          [8, 44],
          [2, 45],
          [2, 45],
          [4, 0],
          [4, 0],
          [8, count],
          [8, count],
        ] as const),
        ...([
          [8, headers.length],
          [8, offset],
        ] as const),
        ...([
          [4, 0x07064b50],
          [4, 0],
          [8, offset + headers.length],
          [4, 1],
        ] as const),
      ]
    : []
  const end = fields(
    ...far,
    ...([
      [4, 0x06054b50],
      [2, 0],
      [2, 0],
      [2, count],
      [2, count],
    ] as const),
    ...([
      [4, headers.length],
      [4, Math.min(offset, LIMIT_32)],
      [2, 0],
    ] as const),
  )
  return Buffer.concat([headers, end])
}
