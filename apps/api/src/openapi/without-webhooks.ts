/** The document without its `webhooks`, which OpenAPI has since 3.1 and several generators turn into broken code. */

import type { OpenApiDocument } from './openapi-types.ts'
import { withUsedSchemas } from './used-schemas.ts'
import { RECEIVER_TAG } from './webhook-document.ts'

export function withoutWebhooks({ webhooks: _, ...document }: OpenApiDocument): OpenApiDocument {
  return withUsedSchemas({ ...document, tags: document.tags.filter(({ name }) => name !== RECEIVER_TAG) })
}
