/** As much of an OpenAPI document as its last touches need to know. */
export interface DocumentedResponse {
  description?: string
  headers?: Record<string, object>
  content?: Record<string, { schema?: object; examples?: Record<string, unknown> }>
  $ref?: string
}

export interface DocumentedOperation {
  tags?: string[]
  parameters?: object[]
  requestBody?: { content: Record<string, { schema?: object; examples?: object }> }
  'x-request-examples'?: object
  responses: Record<string, DocumentedResponse>
}

export interface OpenApiDocument {
  info: { title: string; license?: object }
  servers?: object[]
  externalDocs?: { url: string }
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, DocumentedOperation>>
  webhooks?: Record<string, Record<string, DocumentedOperation>>
  components: {
    schemas: Record<string, object>
    responses?: Record<string, DocumentedResponse>
    parameters?: Record<string, object>
    headers?: Record<string, object>
    securitySchemes?: Record<string, object>
  }
}

export const operationsOf = (document: OpenApiDocument): DocumentedOperation[] =>
  Object.values(document.paths).flatMap((methods) => Object.values(methods))
