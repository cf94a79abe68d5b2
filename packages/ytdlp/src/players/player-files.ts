/** Files of prepared players: each is named by the digest of its content, so that whoever reads one can check it. */
import { createHash, randomBytes } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

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

/** `folder` is made where it is missing. Everybody may read it, jobs too, and only the worker writes. */
export function playerFilesIn(folder: string): PlayerFiles {
  const pathOf = (digest: string): string => join(folder, `${digest}${EXTENSION}`)
  return {
    folder,
    async write(content) {
      await openFolder(folder)
      const digest = digestOf(content)
      const draft = join(folder, `${DRAFT}${randomBytes(8).toString('hex')}`)
      await writeFile(draft, content, { flag: 'wx' })
      await chmod(draft, 0o644)
      await rename(draft, pathOf(digest))
      await removeOldest(folder)
      return digest
    },
    holds: (digest) =>
      readFile(pathOf(digest)).then(
        (content) => digestOf(content) === digest,
        () => false,
      ),
  }
}

/** Makes the folder where it is missing. Others may look into it whatever the mask of this process is. */
export async function openFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await chmod(folder, 0o755)
}

const digestOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex')

/** A job that is about to read one of them goes without. */
async function removeOldest(folder: string): Promise<void> {
  const found = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const changedMs = await stat(join(folder, name)).then(
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
    await rm(join(folder, name), { recursive: true, force: true })
  }
}
