/** Finds programs the way a shell does: the first executable file of that name in PATH. */
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'

/** Whether a path names a file that may be executed. */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/**
 * The absolute path of a program in PATH or in one of `otherFolders`, or undefined.
 * Relative entries of PATH are left out: what they mean depends on where one stands.
 */
export function findProgram(name, otherFolders = []) {
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), ...otherFolders]) {
    if (isAbsolute(folder) && isExecutable(join(folder, name))) return join(folder, name)
  }
  return undefined
}
