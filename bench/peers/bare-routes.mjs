/** The peer of our requests: two Fastify routes that do nothing but answer. A process of its own. */
import Fastify from 'fastify'

const { reply, accepted } = JSON.parse(process.env.BODIES)
const app = Fastify({ logger: false })

app.get('/', async () => reply)
app.post('/', async (_request, answer) => {
  answer.code(202)
  return accepted
})

console.log(await app.listen({ host: '127.0.0.1', port: 0 }))
