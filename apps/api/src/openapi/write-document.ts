/** Prints the OpenAPI document that stands in the tree. `npm run openapi` writes it, `npm run check` compares. Needs no Redis. */
import { offlineDocument } from './offline-document.ts'

process.stdout.write(`${JSON.stringify(await offlineDocument(), null, 2)}\n`)
