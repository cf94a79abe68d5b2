/** `npm run openapi`: writes the OpenAPI document of the gateway into the tree, and the types of our clients. Needs neither Redis nor a network. */
import { writeApiDocument } from './check/api-document.mjs'
import { writeClientTypes } from './check/client-types.mjs'
import { say, tell } from './runtime/say.mjs'
import { setUp } from './runtime/set-up.mjs'

await tell(async () => {
  await setUp()
  await writeApiDocument()
  await writeClientTypes()
  say('openapi.json and the types of the clients are written. Commit them together with the change of the schemas.')
})
