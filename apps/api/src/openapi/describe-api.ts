/** The document and its pages, drawn from the schemas that validate the requests. */
import swagger, { type FastifyDynamicSwaggerOptions, type SwaggerTransform } from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { namedSchemas, type PublicPaths } from '@video-scraper/views'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { RouteAccess } from '../auth/route-access.ts'
import { type Cacheable, cacheable, sendCacheable } from '../http/cacheable.ts'
import { describe, ERROR_PAGE, TITLE } from './describe.ts'
import { withAccess } from './document-access.ts'
import { ERROR_PAGE_POLICY, errorPage } from './error-page.ts'
import type { OpenApiDocument } from './openapi-types.ts'
import { pageDocument } from './page-document.ts'
import { serveReadableDocuments } from './readable-documents.ts'
import { placeRequestExamples } from './request-examples.ts'
import { shareParts } from './shared-parts.ts'
import { withUsedSchemas } from './used-schemas.ts'
import { withoutWebhooks } from './without-webhooks.ts'

/** The plugin's types know fewer forms than OpenAPI 3.1 has. */
type DynamicOptions = Required<FastifyDynamicSwaggerOptions>
type Document = ReturnType<DynamicOptions['transformObject']>

/**
 * Everything comes from the gateway itself. Swagger UI sets styles inline. Requests are not upgraded to https, which
 * there may be none of on the machine that the page was opened on.
 */
const PAGE_POLICY = [
  "default-src 'self'",
  "img-src 'self' data:",
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** Also of the operations that are shown nowhere. */
const documentAccess: SwaggerTransform = ({ schema, url, route }) => {
  const access: RouteAccess = route.config?.access ?? 'open'
  return { schema: withAccess(schema ?? {}, access), url }
}

/** What the schemas of the routes cannot say themselves. */
const complete = (document: OpenApiDocument) => withUsedSchemas(shareParts(placeRequestExamples(document)))

const DocumentQuery = Type.Object({ webhooks: Type.Optional(Type.Boolean()) })

interface Description {
  paths: PublicPaths
  version: string
  localUrl: string
  needsKeys: boolean
}

export async function describeApi(app: FastifyInstance, description: Description): Promise<void> {
  const { paths, needsKeys } = description
  for (const schema of namedSchemas()) app.addSchema(schema)
  await app.register(swagger, {
    openapi: describe(description) as unknown as DynamicOptions['openapi'],
    ...(needsKeys ? { transform: documentAccess } : {}),
    transformObject: (all) => {
      const { openapiObject } = all as { openapiObject: unknown }
      return complete(openapiObject as OpenApiDocument) as unknown as Document
    },
    refResolver: { buildLocalReference: (json, _base, _fragment, at) => String(json.$id ?? `schema-${at}`) },
  })
  for (const prefix of [paths.at('/docs'), paths.api('/docs')]) {
    await showPage(app, paths, prefix)
    showErrors(app, `${prefix}/errors`)
  }
  serveReadableDocuments(app, paths)
  const variants = new Map<boolean, Cacheable>()
  /** The document never changes once the gateway has started. */
  const variant = (webhooks: boolean): Cacheable => {
    const document = app.swagger() as unknown as OpenApiDocument
    const made = variants.get(webhooks) ?? cacheable(webhooks ? document : withoutWebhooks(document))
    variants.set(webhooks, made)
    return made
  }
  for (const url of [paths.at('/openapi.json'), paths.api('/openapi.json')]) {
    app.get<{ Querystring: { webhooks?: boolean } }>(
      url,
      { schema: { hide: true, querystring: DocumentQuery }, compress: {} },
      (request, reply) =>
        sendCacheable(request, reply, { ...variant(request.query.webhooks !== false), scope: 'public' }),
    )
  }
}

function showErrors(app: FastifyInstance, path: string): void {
  const page = errorPage(TITLE)
  app.get(path, { schema: { hide: true } }, (_request, reply) =>
    reply.type('text/html; charset=utf-8').header('content-security-policy', ERROR_PAGE_POLICY).send(page),
  )
}

/** In a scope of its own: the plugin decorates what it is registered on. */
const showPage = (app: FastifyInstance, paths: PublicPaths, prefix: string) =>
  app.register(async (scope) => {
    await scope.register(swaggerUi, {
      routePrefix: prefix,
      staticCSP: PAGE_POLICY,
      theme: { title: TITLE },
      transformSpecification: (document) =>
        pageDocument(document as unknown as OpenApiDocument, paths.api(ERROR_PAGE)) as object,
      // Without the bar on top, which is for exploring other documents.
      uiConfig: {
        layout: 'BaseLayout',
        filter: true,
        tryItOutEnabled: true,
        displayRequestDuration: true,
        displayOperationId: true,
        // The list of all schemas is long; it opens at a click.
        defaultModelsExpandDepth: 0,
      },
    })
  })
