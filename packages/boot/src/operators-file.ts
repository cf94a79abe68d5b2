/** A file of the operator: looked at again and again, so that a change needs no restart. */
import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs'

const FILE_BYTES_MAX = 1024 * 1024
const LOOK_EVERY_MS = 5_000

interface OperatorsFileOptions<Content> {
  /** Absolute. A file that is not there says nothing; it may come later. */
  readonly path: string
  /** The name of the setting, for the log. */
  readonly setting: string
  /** What it says where it is not there. */
  readonly absent: Content
  /** Throws an error whose message says everything that is wrong, and repeats no secret. */
  readonly read: (text: string) => Content
  readonly logger: { info(fields: object, message: string): void; warn(fields: object, message: string): void }
  /** How often it is looked at where nobody asks, in milliseconds. Default 5 s. */
  readonly everyMs?: number
}

export interface OperatorsFile<Content> {
  /** What the file says now; where that is not usable, what it said before. */
  current(): Content
  stop(): void
}

/** Says what is wrong with the file itself. */
class UnusableFile extends Error {
  override readonly name = 'UnusableFile'
}

/**
 * Throws where the file cannot be used at the start. Later a log line says what is wrong, once for each change of the file, and
 * what it said before stays in use.
 */
export function openOperatorsFile<Content>(options: OperatorsFileOptions<Content>): OperatorsFile<Content> {
  const { path, setting, absent, read, logger, everyMs = LOOK_EVERY_MS } = options
  let stamp = ABSENT
  let content = absent
  const look = (): void => {
    const found = stampOf(path)
    if (found === stamp) return
    stamp = found
    content = found === ABSENT ? absent : read(textOf(path))
    logger.info({ setting }, 'a file of the operator is in use')
  }
  const current = (): Content => {
    try {
      look()
    } catch (error) {
      logger.warn({ problem: problemOf(error) }, `${setting} cannot be used; what it said before stays in use`)
    }
    return content
  }
  try {
    look()
  } catch (error) {
    throw new Error(`${setting} cannot be used: ${problemOf(error)}.`)
  }
  const timer = setInterval(current, everyMs)
  timer.unref()
  return { current, stop: () => clearInterval(timer) }
}

const ABSENT = 'absent'

function stampOf(path: string): string {
  try {
    const { dev, ino, mtimeMs, ctimeMs, size } = statSync(path)
    return [dev, ino, mtimeMs, ctimeMs, size].join(':')
  } catch (error) {
    return isAbsence(error) ? ABSENT : `unreadable ${codeOf(error)}`
  }
}

/** A pipe or a device could keep the reader waiting for ever, so it is opened without waiting, and refused. */
function textOf(path: string): string {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    refuseUnlessSmallFile(fstatSync(descriptor))
    const buffer = Buffer.alloc(FILE_BYTES_MAX + 1)
    let length = 0
    for (let more = -1; more !== 0 && length < buffer.length; length += more)
      more = readSync(descriptor, buffer, length, buffer.length - length, null)
    if (length > FILE_BYTES_MAX) throw new UnusableFile('it is larger than 1 MiB')
    return buffer.toString('utf8', 0, length)
  } finally {
    closeSync(descriptor)
  }
}

function refuseUnlessSmallFile(found: Stats): void {
  if (!found.isFile()) throw new UnusableFile('it is no file')
  if (found.size > FILE_BYTES_MAX) throw new UnusableFile('it is larger than 1 MiB')
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
const isAbsence = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(String(codeOf(error)))
/** Errors of the system name the path, which is left out. */
const problemOf = (error: unknown): string =>
  codeOf(error) === undefined && error instanceof Error
    ? error.message
    : `it cannot be read (${String(codeOf(error) ?? 'unknown')})`
