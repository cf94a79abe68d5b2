/** A job's folder changes its owner: the job's user for an attempt, the worker before and after. */
import { constants } from 'node:fs'
import { type FileHandle, lchown, lstat, open, readdir, rm, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where folders lie deeper, a job was taken over; what is left in them goes with the job's folder. */
const DEPTH_MAX = 32
/** Never through a link: what is a folder now may be one to elsewhere in a moment, where a process of the job still runs. */
const AS_FOLDER = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW
/** Others may go through to the folder in it that a later attempt works in, but see nothing. */
const GIVEN = 0o711
const OWN = 0o700

export interface Owners {
  /** Whose entries change their owner; all others are left, with what is in them. */
  readonly from: (uid: number) => boolean
  readonly to: number
  readonly toGroup: number
}

/** Whether files of this folder's disk change their owner when they are asked to. Some disks know none, or those of others. */
export async function ownersChangeIn(folder: string, uid: number): Promise<boolean> {
  const path = join(folder, `owner-${uid}`)
  try {
    await writeFile(path, '')
    await lchown(path, uid, uid)
    return (await lstat(path)).uid === uid
  } catch {
    return false
  } finally {
    await rm(path, { force: true }).catch(() => undefined)
  }
}

/** Gives a folder away, last of all itself: until then a worker that starts anew sees that it is not done. */
export async function giveFolder(path: string, owners: Owners, except: string): Promise<void> {
  const folder = await open(path, AS_FOLDER)
  try {
    await folder.chown(process.getuid?.() ?? 0, process.getgid?.() ?? 0)
    await folder.chmod(GIVEN)
    await changeOwners(folder, owners, { except, depth: 0 })
    await folder.chown(owners.to, owners.toGroup)
  } finally {
    await folder.close()
  }
}

/** Takes a folder back from one user. Does nothing where somebody else has it by now. */
export async function takeFolderBack(path: string, owners: Owners): Promise<void> {
  const folder = await open(path, AS_FOLDER).catch(() => null)
  if (folder === null) return
  try {
    if (!owners.from((await folder.stat()).uid)) return
    await folder.chown(owners.to, owners.toGroup)
    await folder.chmod(OWN)
    await changeOwners(folder, owners, { except: '', depth: 0 })
  } finally {
    await folder.close()
  }
}

interface Place {
  readonly except: string
  readonly depth: number
}

/** Each entry is named by the open folder that it lies in, so that no part of the way to it can be exchanged. */
async function changeOwners(folder: FileHandle, owners: Owners, { except, depth }: Place): Promise<void> {
  const here = `/proc/self/fd/${folder.fd}`
  for (const name of await readdir(here)) {
    if (name === except) continue
    const entry = `${here}/${name}`
    const stat = await lstat(entry).catch(() => null)
    if (stat === null || !owners.from(stat.uid)) continue
    if (stat.isDirectory()) await changeWithin(entry, owners, depth + 1)
    // A second name of a file that may not be the job's own. No honest job makes one.
    else if (stat.nlink > 1) await unlink(entry).catch(() => undefined)
    else await lchown(entry, owners.to, owners.toGroup).catch(() => undefined)
  }
}

async function changeWithin(path: string, owners: Owners, depth: number): Promise<void> {
  if (depth > DEPTH_MAX) return
  const folder = await open(path, AS_FOLDER).catch(() => null)
  if (folder === null) return
  try {
    await changeOwners(folder, owners, { except: '', depth })
    await folder.chown(owners.to, owners.toGroup)
  } finally {
    await folder.close()
  }
}
