/** How much a request counts towards the limit of all requests (`request-limits.ts`). */

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How many requests one counts for; default 1, and 0 is not counted. */
    requestCost?: number
  }
}

/** A list reads up to a thousand records, where another request reads one or two. */
export const LIST_COST = 10

/** Changes up to a hundred jobs, each of which would be a request of its own. */
export const SELECTION_COST = 100
