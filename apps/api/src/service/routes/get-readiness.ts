/** GET /health/ready: for whatever balances between gateways. */
import type { HealthReply } from '@video-scraper/contracts'
import type { Route } from '../../dependencies.ts'
import { serviceUnavailable } from '../../http/errors.ts'
import { answer, errors, ref } from '../../openapi/schema-reference.ts'

export const getReadiness: Route = async (app, { health, paths }) => {
  const schema = {
    operationId: 'getReadiness',
    summary: 'Can the gateway accept jobs',
    description:
      'Writes a key to Redis, since one that only reads takes no jobs. A missing worker does not matter here: jobs are accepted and wait.',
    tags: ['service'],
    response: {
      200: answer(ref<HealthReply>('HealthReply'), { description: 'Yes.', examples: { ok: { status: 'ok' } } }),
      ...errors('service_unavailable'),
    },
  }
  app.get(paths.at('/health/ready'), { schema, config: { requestCost: 0 } }, async () => {
    await health.ping().catch((error: unknown) => {
      throw serviceUnavailable(error)
    })
    return { status: 'ok' }
  })
}
