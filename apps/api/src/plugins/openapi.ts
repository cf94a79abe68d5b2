/** The document and its page, drawn from the schemas that validate the requests. */
import swagger, { type SwaggerTransform } from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import * as contracts from '@video-scraper/contracts'
import type { PublicPaths } from '@video-scraper/views'
import type { FastifyInstance } from 'fastify'
import type { RouteAccess } from '../keys/route-access.ts'
import { webhookDocument } from '../webhook-document.ts'
import { securitySchemes, withAccess } from './document-access.ts'

/** The plugin's types know fewer forms of a schema than OpenAPI 3.1 does. */
type OpenApiWebhooks = Record<string, Record<string, never>>

const DESCRIPTION = `
Video information and downloads as a service. Every POST answers at once with an id; ask for its status until the job has
ended. Times are UTC. Errors have the form \`{error, status_code, code, retryable}\`; \`code\` never changes its meaning.
`.trim()

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

const named = (value: unknown): value is { $id: string } =>
  typeof value === 'object' && value !== null && '$id' in value

interface Description {
  paths: PublicPaths
  version: string
  /** Whether the gateway asks for keys: the document says nothing of them where nobody needs one. */
  needsKeys: boolean
}

export async function describeApi(app: FastifyInstance, { paths, version, needsKeys }: Description): Promise<void> {
  for (const schema of Object.values(contracts)) if (named(schema)) app.addSchema(schema)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'TechSaaS Video Scraper', version, description: DESCRIPTION },
      servers: [{ url: paths.origin === '' ? '/' : paths.origin }],
      tags: [
        { name: 'info', description: 'What a video is.' },
        { name: 'downloads', description: 'Fetching a video, and the files that come of it.' },
        { name: 'jobs', description: 'Both kinds of job.' },
        { name: 'webhooks', description: 'Being told instead of asking.' },
        { name: 'service', description: 'The service itself.' },
        ...(needsKeys ? [{ name: 'keys', description: 'API keys, for those whose key has the scope `admin`.' }] : []),
      ],
      webhooks: webhookDocument as unknown as OpenApiWebhooks,
      ...(needsKeys ? { components: { securitySchemes } } : {}),
    },
    ...(needsKeys ? { transform: documentAccess } : {}),
    refResolver: { buildLocalReference: (json, _base, _fragment, at) => String(json.$id ?? `schema-${at}`) },
  })
  for (const prefix of [paths.at('/docs'), paths.at('/api/video-scraper/docs')]) {
    // In a scope of its own each time: the plugin decorates what it is registered on.
    await app.register(async (scope) => {
      await scope.register(swaggerUi, {
        routePrefix: prefix,
        staticCSP: PAGE_POLICY,
        // Without the bar on top, which is for exploring other documents.
        uiConfig: {
          layout: 'BaseLayout',
          tryItOutEnabled: true,
          displayRequestDuration: true,
          displayOperationId: true,
        },
      })
    })
  }
  for (const url of [paths.at('/openapi.json'), paths.at('/api/video-scraper/openapi.json')]) {
    app.get(url, { schema: { hide: true } }, () => app.swagger())
  }
}
