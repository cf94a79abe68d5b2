/** Lets the gateway close soon: a kept-alive connection would otherwise hold it open for over a minute. */
import type { FastifyInstance } from 'fastify'

/** From the moment of closing, each answer is the last one on its connection. */
export function drainConnections(app: FastifyInstance): void {
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
  })
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close')
  })
}
