/** Where the Python modules lie that ask the kernel to confine a process (`python/`). */
import { fileURLToPath } from 'node:url'

/** Absolute. Holds what a job is confined with, and nothing else that Python could import by chance. */
export const SANDBOX_MODULES = fileURLToPath(new URL('../python', import.meta.url))
