/** The file of the operator's extractor arguments: looked at again and again, so that a change needs no restart. */
import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs'
import { extractorArgumentsOf, UnusableArguments } from './read-arguments.ts'

const FILE_BYTES_MAX = 64 * 1024
const LOOK_EVERY_MS = 5_000

interface ArgumentsFileOptions {
  /** Absolute. A file that is not there says nothing; it may come later. */
  readonly path: string
  readonly logger: { info(fields: object, message: string): void; warn(fields: object, message: string): void }
  /** How often it is looked at where no job comes, in milliseconds. Default 5 s. */
  readonly everyMs?: number
}

export interface ArgumentsFile {
  /** Words for yt-dlp's command line, as the file says them now; where that is not usable, as it said them before. */
  current(): readonly string[]
  stop(): void
}

/**
 * Throws `UnusableArguments` where the file cannot be used at the start. Later a log line says what is wrong, once for
 * each change of the file, and the arguments from before stay in use. A file that is removed gives no arguments.
 */
export function openArgumentsFile({ path, logger, everyMs = LOOK_EVERY_MS }: ArgumentsFileOptions): ArgumentsFile {
  let stamp = ''
  let words: readonly string[] = []
  const look = (): void => {
    const found = stampOf(path)
    if (found === stamp) return
    stamp = found
    const read = found === ABSENT ? [] : extractorArgumentsOf(textOf(path))
    if (read.join('\n') === words.join('\n')) return
    words = read
    logger.info({ extractorArguments: words }, 'the extractor arguments of the operator are in use')
  }
  const current = (): readonly string[] => {
    try {
      look()
    } catch (error) {
      logger.warn(
        { problem: problemOf(error) },
        'EXTRACTOR_ARGUMENTS_FILE cannot be used; what it said before stays in use',
      )
    }
    return words
  }
  try {
    look()
  } catch (error) {
    throw new UnusableArguments(`EXTRACTOR_ARGUMENTS_FILE cannot be used: ${problemOf(error)}.`)
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
    if (length > FILE_BYTES_MAX) throw new UnusableArguments('it is larger than 64 KiB')
    return buffer.toString('utf8', 0, length)
  } finally {
    closeSync(descriptor)
  }
}

function refuseUnlessSmallFile(found: Stats): void {
  if (!found.isFile()) throw new UnusableArguments('it is no file')
  if (found.size > FILE_BYTES_MAX) throw new UnusableArguments('it is larger than 64 KiB')
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : 'unknown'
const isAbsence = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(String(codeOf(error)))
const problemOf = (error: unknown): string =>
  error instanceof UnusableArguments ? error.message : `it cannot be read (${String(codeOf(error))})`
