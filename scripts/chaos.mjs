/** `npm run chaos`: faults under load, and then every invariant. `--minutes 60`, `--seed 1` to repeat a run. */
import { parseArgs } from 'node:util'
import { runChaosHere } from './chaos/run-chaos.mjs'
import { provideS3Server } from './runtime/provide-s3-server.mjs'
import { tell } from './runtime/say.mjs'
import { setUp } from './runtime/set-up.mjs'

await tell(async () => {
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string' } } })
  delete process.env.REDIS_URL
  await setUp()
  await provideS3Server()
  await runChaosHere({
    minutes: Number(values.minutes),
    seed: values.seed === undefined ? undefined : Number(values.seed),
  })
})
