/** The only file that starts yt-dlp, and the only one that imports youtube-dl-exec. */
import type { SpawnOptions } from 'node:child_process'
import { create } from 'youtube-dl-exec'

type Child = ReturnType<ReturnType<typeof create>['exec']>

/** Isolated from the environment and the folder it starts in, without `site`, and writing no byte code. */
const FLAGS = ['-I', '-S', '-B'] as const

/** The library wants an address, and would put it on the command line; ours travel over descriptors. */
export const NO_ADDRESS = 'about:blank'

/** `ps` shows a title that the runner writes over its own arguments, so the arguments must be long enough. */
export const TITLE_PADDING = '.'.repeat(400)

/**
 * Everything goes through `_`, which the library passes on as it is, in order, before `--` and the address: its other
 * keys would rewrite `I` to `--i`. It drops empty arguments, so that the next would take an empty one's place.
 * The process leads a session of its own. Rejects when it cannot be started.
 */
export async function spawnPython(
  python: string,
  words: readonly string[],
  url: string,
  options: SpawnOptions,
): Promise<{ child: Child; pid: number }> {
  const program = [...FLAGS, ...words]
  if ([...program, url].some((argument) => argument === '')) throw new TypeError('An argument of yt-dlp is empty.')
  const child = create(python).exec(url, { _: program } as object, { ...options, detached: true })
  if (child.pid === undefined) throw new Error('yt-dlp could not be started.', { cause: await rejectionOf(child) })
  // It rejects on every exit code but 0, with the whole command line in its message. The code is read from the event.
  child.catch(() => undefined)
  return { child, pid: child.pid }
}

const rejectionOf = (child: Promise<unknown>): Promise<unknown> =>
  child.then(
    () => null,
    (error: unknown) => error,
  )
