/** GET /health/live and /health/ready: for whatever starts, watches and balances the gateway. */
import type { HealthReply } from '@video-scraper/contracts'
import type { Route } from '../dependencies.ts'
import { answer, ref } from '../schema-reference.ts'

export const health: Route = async (app, { health: service, paths }) => {
  const ok = answer(ref<HealthReply>('HealthReply'), { description: 'Yes.', examples: { ok: { status: 'ok' } } })
  const live = {
    operationId: 'getLiveness',
    summary: 'Is the process alive',
    description: 'Looks at nothing else, so a process is not restarted because its Redis is away.',
    tags: ['service'],
    response: { 200: ok },
  }
  const ready = {
    operationId: 'getReadiness',
    summary: 'Can the gateway accept jobs',
    description: 'Asks Redis. A missing worker does not matter here: jobs are accepted and wait.',
    tags: ['service'],
    response: {
      200: ok,
      503: answer(ref<HealthReply>('HealthReply'), {
        description: 'Not now.',
        examples: { unavailable: { status: 'unavailable' } },
      }),
    },
  }
  app.get(paths.at('/health/live'), { schema: live, logLevel: 'warn' }, async () => ({ status: 'ok' }))
  app.get(paths.at('/health/ready'), { schema: ready, logLevel: 'warn' }, async (_request, reply) => {
    const reachable = await service.ping().then(
      () => true,
      () => false,
    )
    if (!reachable) reply.code(503).header('retry-after', '2')
    return { status: reachable ? 'ok' : 'unavailable' }
  })
}
