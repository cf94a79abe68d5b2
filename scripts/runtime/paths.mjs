/** Where things lie: the project, and the folder inside it that holds the tools it was given. */
import { fileURLToPath } from 'node:url'

/** The project's root folder, absolute and without a slash at its end. */
export const projectRoot = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '')

/** Everything that setup makes, apart from `node_modules` and `dist`. Never in git; may be deleted at any time. */
export const runtimeFolder = `${projectRoot}/.runtime`

/** What the worker, the tests and the benchmarks read to find their tools. */
export const manifestFile = `${runtimeFolder}/runtime.json`

/** Says for which inputs the last setup was complete. */
export const stampFile = `${runtimeFolder}/stamp.json`

/** Pinned packages, with the checksums that pip insists on. */
export const requirementsFile = (name) => `${projectRoot}/scripts/requirements-${name}.txt`
