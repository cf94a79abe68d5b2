/** Where the Python module lies that asks the kernel for Landlock (`python/landlock.py`). */
import { fileURLToPath } from 'node:url'

/** Absolute; holds nothing else that Python could import by chance. */
export const LANDLOCK_FOLDER = fileURLToPath(new URL('../python', import.meta.url))
