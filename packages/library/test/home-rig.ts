/** A home of the library for one test, with a work folder and one video. */
import { join } from 'node:path'
import { afterEach, beforeEach } from '@jest/globals'
import type { FileEntry } from '@video-scraper/contracts'
import type { Staged } from '@video-scraper/library'
import type { Home } from './homes.ts'
import { entryOf, stageOne, workFolderWith } from './staged-file.ts'

export const CONTENT = 'the bytes of a video'
export const entry = entryOf(CONTENT)
export const { filename } = entry
export const SIDECAR = `${filename}.json`

export interface HomeRig {
  readonly home: Home
  /** The work folder of the job. */
  readonly folder: string
  stage(content?: string): Promise<Staged>
  publish(content?: string): Promise<FileEntry>
  /** All entries of the home. */
  listed(): Promise<FileEntry[]>
  /** What whoever opens the file reads; null where there is none. */
  served(range?: { start: number; end: number } | null): Promise<string | null>
}

/** Opens a home before each test, and closes it after it. */
export function useHome(open: () => Promise<Home>): HomeRig {
  let home: Home
  let folder: string
  beforeEach(async () => {
    home = await open()
    folder = join(home.root, 'work')
  })
  afterEach(() => home.close())

  const stage = async (content = CONTENT) => stageOne(home.library, await workFolderWith(folder, content))
  return {
    get home() {
      return home
    },
    get folder() {
      return folder
    },
    stage,
    publish: async (content) => home.library.publish(await stage(content)),
    async listed() {
      const entries: FileEntry[] = []
      for await (const each of home.library.entries()) entries.push(each)
      return entries
    },
    async served(range = null) {
      const file = await home.library.open(filename)
      return file && Buffer.concat(await file.stream(range).toArray()).toString()
    },
  }
}
