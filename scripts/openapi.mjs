/**
 * `npm run openapi`: writes the OpenAPI document of the gateway into the tree, and the types of our clients. Needs neither Redis nor a
 * network. With `-- --release` the document becomes that of the last release, which later ones are compared with.
 */
import { parseArgs } from 'node:util'
import { writeApiDocument } from './check/api-document.mjs'
import { writeClientTypes } from './check/client-types.mjs'
import { writeErrorDocument } from './check/error-document.mjs'
import { recordRelease } from './check/released-document.mjs'
import { say, tell } from './runtime/say.mjs'
import { setUp } from './runtime/set-up.mjs'

await tell(async () => {
  const { values } = parseArgs({ options: { release: { type: 'boolean' } } })
  await setUp()
  await writeApiDocument()
  await writeClientTypes()
  await writeErrorDocument()
  say(
    'openapi.json, the types of the clients and docs/errors.md are written. Commit them together with the change of the schemas.',
  )
  if (values.release)
    say(`packages/contracts/released/${recordRelease()} is written: from now on nothing in it may vanish.`)
})
