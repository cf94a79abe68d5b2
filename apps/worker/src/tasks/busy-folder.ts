/** What a task does when the processes of an earlier attempt, whose worker is frozen, still work in the job's folder. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Stop } from '@video-scraper/core'

/** The folder in the job's folder for whoever finds that one busy. It goes with the job's folder. */
export const apartIn = (folder: string): string => join(folder, 'apart')

/**
 * Does the work in the job's folder, or apart from whoever is busy there. Where that is busy as well, it rejects with the
 * `Stop` `folder_busy`: the job is handed back, and taken again some seconds later.
 */
export async function unlessBusy<T>(folder: string, work: (folder: string) => Promise<T>): Promise<T> {
  try {
    return await work(folder)
  } catch (error) {
    if (!(error instanceof Stop) || error.reason !== 'folder_busy') throw error
    const apart = apartIn(folder)
    await mkdir(apart, { recursive: true, mode: 0o700 })
    return await work(apart)
  }
}
