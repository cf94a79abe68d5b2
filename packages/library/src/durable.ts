/** File operations that survive a loss of power: nothing counts as done before the disk has said so. */
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, lstat, open, rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'

/** Every temporary of ours begins like this; no published name does. */
export const TEMPORARY_PREFIX = '.unfinished-'

/** Other programs of the same group may read a file; only we write it. */
const FILE_MODE = 0o640

/** The name that the system gave an error. Read off any object: Node's errors may come from another realm. */
export const systemCodeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined

export const isMissing = (error: unknown): boolean => systemCodeOf(error) === 'ENOENT'

/** Resolves to null where there is nothing under that name. */
export async function unlessMissing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** The size of a regular file, not followed through a link; null where there is none. */
export async function sizeOfFile(path: string): Promise<number | null> {
  const stat = await unlessMissing(lstat(path))
  return stat?.isFile() ? stat.size : null
}

/** Returns whether there was something to remove. */
export async function removeFile(path: string): Promise<boolean> {
  return (await unlessMissing(unlink(path).then(() => true))) ?? false
}

/** Waits until a file's content, or a folder's names, are on the disk. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Writes a whole file or nothing; whoever reads the name sees the old text or the new one. */
export async function writeWhole(directory: string, name: string, text: string): Promise<void> {
  const temporary = temporaryIn(directory)
  try {
    const handle = await open(temporary, 'wx', FILE_MODE)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, join(directory, name))
  } catch (error) {
    await discardTemporary(temporary)
    throw error
  }
  await syncPath(directory)
}

/** Gives a finished file its last touches: permissions, the time it counts as modified, and its bytes on the disk. */
export async function settleFile(path: string, modifiedMs: number): Promise<void> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    await handle.chmod(FILE_MODE)
    await handle.utimes(modifiedMs / 1000, modifiedMs / 1000)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Renames, or copies where the two folders are on different file systems; the name appears only with all its bytes.
 * A copy may take minutes: `beforeNaming` is awaited when it is complete and about to get its name.
 */
export async function moveFile(
  from: string,
  directory: string,
  name: string,
  beforeNaming: () => Promise<void>,
): Promise<void> {
  const to = join(directory, name)
  try {
    await rename(from, to)
    await syncPath(directory)
  } catch (error) {
    if (systemCodeOf(error) !== 'EXDEV') throw error
    await copyAcross(from, directory, to, beforeNaming)
  }
}

async function copyAcross(from: string, directory: string, to: string, beforeNaming: () => Promise<void>) {
  const temporary = temporaryIn(directory)
  const { mtimeMs } = await lstat(from)
  try {
    await copyFile(from, temporary, constants.COPYFILE_EXCL)
    await settleFile(temporary, mtimeMs)
    await beforeNaming()
    await rename(temporary, to)
  } catch (error) {
    await discardTemporary(temporary)
    throw error
  }
  await syncPath(directory)
  await removeFile(from)
}

/** A full disk is the usual reason, and half a file is what fills it. The first error is the one that is reported. */
const discardTemporary = (path: string) => removeFile(path).catch(() => false)

const temporaryIn = (directory: string) => join(directory, `${TEMPORARY_PREFIX}${randomBytes(8).toString('hex')}`)
