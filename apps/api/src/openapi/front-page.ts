/** Leads who opens the gateway's address in a browser to the documentation. */
import { API_PREFIX } from '@video-scraper/contracts'
import type { PublicPaths } from '@video-scraper/views'
import type { FastifyInstance } from 'fastify'

/** Where people begin, and the page that they want. */
const BEGINNINGS = { '/': '/docs', [API_PREFIX]: `${API_PREFIX}/docs` } as const

/** The paths of these routes, which are no operations. */
export const beginningsOf = (paths: PublicPaths): string[] => Object.keys(BEGINNINGS).map((path) => pathOf(paths, path))

export function leadToDocumentation(app: FastifyInstance, paths: PublicPaths): void {
  for (const [from, to] of Object.entries(BEGINNINGS)) {
    app.get(pathOf(paths, from), { schema: { hide: true } }, (_request, reply) => reply.redirect(paths.at(to), 307))
  }
}

/** With BASE_PATH the front page has that path and nothing behind it. */
const pathOf = (paths: PublicPaths, path: string): string => (path === '/' ? paths.at('') || '/' : paths.at(path))
