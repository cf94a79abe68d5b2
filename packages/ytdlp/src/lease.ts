/** Whether some process still works in a job's folder. Node has no `flock`, so Python looks. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const SCRIPT = fileURLToPath(new URL('../python/lease.py', import.meta.url))

/** A look that fails for another reason counts as held: nothing is removed that might be in use. */
export const isLeased = (python: string, folder: string): Promise<boolean> =>
  new Promise((resolve) => {
    execFile(python, ['-I', '-S', SCRIPT, folder], { env: {}, timeout: 10_000 }, (error) => resolve(error !== null))
  })
