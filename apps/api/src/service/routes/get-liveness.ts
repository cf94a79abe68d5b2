/** GET /health/live: for whatever starts and watches the gateway. */
import type { HealthReply } from '@video-scraper/contracts'
import type { Route } from '../../dependencies.ts'
import { answer, ref } from '../../openapi/schema-reference.ts'

export const getLiveness: Route = async (app, { paths }) => {
  const schema = {
    operationId: 'getLiveness',
    summary: 'Is the process alive',
    description: 'Looks at nothing else, so a process is not restarted because its Redis is away.',
    tags: ['service'],
    response: {
      200: answer(ref<HealthReply>('HealthReply'), { description: 'Yes.', examples: { ok: { status: 'ok' } } }),
    },
  }
  app.get(paths.at('/health/live'), { schema, config: { requestCost: 0 } }, async () => ({ status: 'ok' }))
}
