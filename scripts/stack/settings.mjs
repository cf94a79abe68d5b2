/** The few settings that starting needs to know itself. All others go to the programs, which check them. */
import { resolve } from 'node:path'
import { projectRoot } from '../runtime/paths.mjs'
import { UserFacingError } from '../runtime/say.mjs'

/** Addresses that mean "everywhere"; to call them, one calls loopback. */
const everywhere = new Set(['0.0.0.0', '::', '[::]'])

/** Reads them from environment variables; an empty variable counts as absent. Relative folders start at the project's root. */
export function readStackSettings(variables) {
  const host = variables.HOST || 'localhost'
  const port = Number(variables.PORT || 5501)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new UserFacingError(`PORT must be a number from 1 to 65535, not "${variables.PORT}".`)
  }
  return {
    host,
    port,
    dataDir: resolve(projectRoot, variables.DATA_DIR || 'data'),
    redisUrl: variables.REDIS_URL || undefined,
    baseUrl: `http://${callable(host)}:${port}${basePath(variables.BASE_PATH)}`,
  }
}

function callable(host) {
  if (everywhere.has(host)) return 'localhost'
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
}

function basePath(text = '') {
  const inside = text.replace(/^\/+|\/+$/g, '')
  return inside === '' ? '' : `/${inside}`
}
