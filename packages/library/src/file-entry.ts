/** Reads a file's entry back from disk, and believes nothing that is not exactly one. */
import { type FileEntry, isFileRole } from '@video-scraper/contracts'
import { isFileName } from './file-name.ts'

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

type Check = (value: unknown) => boolean

const isText: Check = (value) => typeof value === 'string' && value !== ''
const isDigest: Check = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
const isName: Check = (value) => typeof value === 'string' && isFileName(value)
const isNumber: Check = (value) => Number.isFinite(value)
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value)

/** One check for each field that an entry must have. */
const checks = {
  filename: isName,
  jobId: isText,
  owner: isText,
  title: orNull((value) => typeof value === 'string'),
  sourceUrl: isText,
  mediaType: isText,
  durationSeconds: orNull(isNumber),
  sizeBytes: (value) => Number.isSafeInteger(value) && Number(value) >= 1,
  sha256: isDigest,
  createdAt: isNumber,
  expiresAt: orNull(isNumber),
  // Entries of earlier releases have none.
  answers: (value) => value === undefined || (Array.isArray(value) && value.every(isDigest)),
  direct: (value) => value === undefined || typeof value === 'boolean',
  announcedSeconds: (value) => value === undefined || isNumber(value),
  // Codes of another time are passed over by whoever shows them.
  warnings: (value) => value === undefined || (Array.isArray(value) && value.every(isText)),
  ytdlpVersion: (value) => value === undefined || isText(value),
  role: (value) => value === undefined || (typeof value === 'string' && isFileRole(value)),
  language: (value) => value === undefined || isText(value),
  automatic: (value) => value === undefined || typeof value === 'boolean',
  part: (value) =>
    value === undefined || (isRecord(value) && [value.start, value.end].every(isNumber) && orNull(isText)(value.title)),
  otherFiles: (value) => value === undefined || (Array.isArray(value) && value.every(isName)),
} as const satisfies Record<keyof FileEntry, Check>

/** Fields that are not known here are kept: a newer version may have written them. */
export const isFileEntry = (value: unknown): value is FileEntry =>
  isRecord(value) && Object.entries(checks).every(([field, check]) => check(value[field]))

/** Parses JSON; undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
