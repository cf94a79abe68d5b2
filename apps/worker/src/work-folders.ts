/** The private folders in which jobs work: one per job, kept for resuming, removed when the job has ended. */
import { mkdir, readdir, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { kindOf } from '@video-scraper/queue'

export interface WorkFolder {
  id: string
  path: string
  /** When something in it last changed, in epoch milliseconds. */
  changedMs: number
}

export interface WorkFolders {
  /** Where the job's folder is, or would be. */
  pathOf(id: string): string
  /** The job's folder, made if it is not there (0700). */
  open(id: string): Promise<string>
  /** Removes the folder with all that is in it. Never rejects: what is left is swept later. */
  remove(id: string): Promise<void>
  list(): Promise<WorkFolder[]>
  /** What is free on their disk. */
  freeBytes(): Promise<number>
}

/** `directory` is made if it is not there. It must lie on the disk of the library, so that publishing is a rename. */
export async function openWorkFolders(directory: string): Promise<WorkFolders> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const pathOf = (id: string) => {
    // An id is the only thing that ever becomes a path here; this keeps it that way.
    if (kindOf(id) === null) throw new Error('Not the id of a job.')
    return join(directory, id)
  }
  return {
    pathOf,
    async open(id) {
      const path = pathOf(id)
      await mkdir(path, { recursive: true, mode: 0o700 })
      return path
    },
    async remove(id) {
      await rm(pathOf(id), { recursive: true, force: true, maxRetries: 3, retryDelay: 100 }).catch(() => undefined)
    },
    async freeBytes() {
      const { bavail, bsize } = await statfs(directory)
      return bavail * bsize
    },
    async list() {
      const names = (await readdir(directory)).filter((name) => kindOf(name) !== null)
      const folders = await Promise.all(names.map((id) => describe(id, join(directory, id))))
      return folders.filter((folder) => folder !== null)
    },
  }
}

/** A folder that was removed meanwhile is none. */
async function describe(id: string, path: string): Promise<WorkFolder | null> {
  try {
    const names = await readdir(path)
    const times = await Promise.all(
      [path, ...names.map((name) => join(path, name))].map(async (at) => (await stat(at)).mtimeMs),
    )
    return { id, path, changedMs: Math.max(...times) }
  } catch {
    return null
  }
}
