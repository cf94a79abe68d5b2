/** `npm run bench`: sets up if needed, then measures. `--only info,download` chooses, `--rounds 3` shortens. */
import { provideNginx } from './runtime/provide-nginx.mjs'
import { providePythonClient } from './runtime/provide-python-client.mjs'
import { say, tell } from './runtime/say.mjs'
import { setUp } from './runtime/set-up.mjs'

await tell(async () => {
  // The bench starts a Redis of its own, whatever is configured for the product.
  delete process.env.REDIS_URL
  await setUp()
  process.env.NGINX = await provideNginx()
  await providePythonClient()
  // Only now: what it imports is compiled by the setup.
  const { runBench } = await import('../bench/main.mjs')
  await runBench(process.argv.slice(2), say)
})
