/** `npm run openapi`: writes the OpenAPI document of the gateway into the tree. Needs neither Redis nor a network. */
import { writeApiDocument } from './check/api-document.mjs'
import { say, tell } from './runtime/say.mjs'
import { setUp } from './runtime/set-up.mjs'

await tell(async () => {
  await setUp()
  await writeApiDocument()
  say('openapi.json is written. Commit it together with the change of the schemas.')
})
