/** GET /api/status: is the service up, and can it do its work. */
import { API_PREFIX, type ServiceStatus } from '@video-scraper/contracts'
import type { Route } from '../../dependencies.ts'
import { examples } from '../../openapi/examples/job-examples.ts'
import { answer, ref } from '../../openapi/schema-reference.ts'
import { knownRests } from '../known-rests.ts'

const PATHS = ['/api/status', `${API_PREFIX}/status`]

export const getStatus: Route = async (app, dependencies) => {
  const { version, health, paths } = dependencies
  const describe = async (): Promise<ServiceStatus> => {
    // Side by side: with a Redis that does not answer, each of them takes as long as it may.
    const [workers, engine, rests] = await Promise.all([
      health.isWorkerAlive().then(
        (alive) => (alive ? ('alive' as const) : ('none' as const)),
        () => 'unknown' as const,
      ),
      health.readEngineCheck().catch(() => null),
      knownRests(dependencies).catch(() => []),
    ])
    return {
      service: 'TechSaaS Video Scraper',
      version,
      status: workers === 'alive' ? 'operational' : 'degraded',
      queue: workers === 'unknown' ? 'unreachable' : 'reachable',
      workers,
      ...(engine && { engine }),
      ...(rests.length > 0 && {
        resting_sites: rests.map(({ site, until }) => ({ site, until: new Date(until).toISOString() })),
      }),
    }
  }
  const schema = {
    operationId: 'getStatus',
    summary: 'Service status',
    description: 'Answers 200 also without a queue or a worker; `status` is then `degraded`.',
    tags: ['service'],
    response: {
      200: answer(ref('ServiceStatus'), {
        description: 'The state of the service.',
        examples: { up: examples.status },
      }),
    },
  }
  for (const [position, path] of PATHS.entries()) {
    app.get(paths.at(path), { schema: { ...schema, hide: position > 0 } }, describe)
  }
}
