/** Files of prepared players: each is named by the digest of its content, so that whoever reads one can check it. */
import { createHash, randomBytes } from 'node:crypto'
import { chmod, lstat, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { playerAt } from './player-at.ts'

export interface PlayerFiles {
  readonly folder: string
  /** Writes the content and resolves with its digest, 64 hexadecimal digits. The oldest files beyond the bound are removed. */
  write(content: Buffer): Promise<string>
  /** Whether the file is there, and is still what was written. */
  holds(digest: string): Promise<boolean>
}

/** YouTube serves some players at a time. Workers that share the folder keep the same files. */
const FILES_MAX = 8
const EXTENSION = '.js'
const DRAFT = 'draft-'
/** What the folder of a player that is being prepared is called. */
export const PREPARING = 'preparing-'
/** What a worker that was killed left unfinished is so old. */
const UNFINISHED_MS = 600_000

/** `folder` is made where it is missing. Jobs read the files whose names they are given, and only the worker writes. */
export function playerFilesIn(folder: string): PlayerFiles {
  const pathOf = (digest: string): string => join(folder, `${digest}${EXTENSION}`)
  return {
    folder,
    async write(content) {
      await openFolder(folder)
      // Before as well: what others left may be what the disk is full of.
      await removeOldest(folder)
      const digest = digestOf(content)
      const draft = join(folder, `${DRAFT}${randomBytes(8).toString('hex')}`)
      try {
        await writeFile(draft, content, { flag: 'wx' })
        await chmod(draft, 0o644)
        await rename(draft, pathOf(digest))
      } catch (error) {
        await rm(draft, { force: true }).catch(() => undefined)
        throw error
      }
      await removeOldest(folder)
      return digest
    },
    holds: (digest) =>
      playerAt(pathOf(digest)).then(
        (content) => digestOf(content) === digest,
        () => false,
      ),
  }
}

/** Makes the folder where it is missing. Others may go through it, whatever the mask of this process is, but see nothing. */
export async function openFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await chmod(folder, 0o711)
}

const digestOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex')

/** A job that is about to read one of them goes without. Never rejects: what cannot be removed now is tried again later. */
async function removeOldest(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  const found = await Promise.all(
    names.map(async (name) => {
      const changedMs = await lstat(join(folder, name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      )
      return { name, changedMs }
    }),
  )
  const players = found.filter(({ name }) => name.endsWith(EXTENSION)).sort((a, b) => b.changedMs - a.changedMs)
  const isUnfinished = ({ name, changedMs }: { name: string; changedMs: number }): boolean =>
    (name.startsWith(DRAFT) || name.startsWith(PREPARING)) && Date.now() - changedMs > UNFINISHED_MS
  for (const { name } of [...players.slice(FILES_MAX), ...found.filter(isUnfinished)]) {
    await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined)
  }
}
