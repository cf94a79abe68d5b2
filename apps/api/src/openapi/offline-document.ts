/** The document of a gateway that was never connected to anything: what `openapi.json` in the tree holds. */
import { createLogger } from '@video-scraper/boot'
import { publicPaths } from '@video-scraper/views'
import type { Redis } from 'ioredis'
import { buildApp } from '../app.ts'
import type { RouteDependencies } from '../dependencies.ts'
import { VERSION } from '../service/version.ts'

/** Keys are asked for, since the document then holds the most. */
export async function offlineDocument(): Promise<object> {
  const app = await buildApp(
    {
      logger: createLogger({ service: 'api', level: 'silent' }),
      // The limit of rates registers its script when it is set up, and runs it for requests alone.
      redis: { defineCommand: () => undefined } as unknown as Redis,
      authenticator: { admit: () => Promise.reject(new Error('This gateway serves nobody.')) },
      failedAuthenticationsPerMinute: 0,
      rateLimitPerMinute: 0,
      requestLimits: { requests: 0, refused: 0 },
      connections: { perAddress: 0, exempt: [] },
      heldPerClient: 0,
      trustedProxies: [],
      allowedHosts: ['*'],
    },
    { version: VERSION, paths: publicPaths('', '') } as RouteDependencies,
  )
  await app.ready()
  const document = app.swagger()
  await app.close()
  return document
}
