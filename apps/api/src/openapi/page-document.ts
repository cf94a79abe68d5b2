/** The document as Swagger UI shows it: for people, and about the gateway that the page was opened on. */
import { type DocumentedResponse, type OpenApiDocument, operationsOf } from './openapi-types.ts'

/** `errorPage`: the path of the page of all error codes. */
export function pageDocument(document: OpenApiDocument, errorPage: string): OpenApiDocument {
  // Without servers the page asks where it came from. The name of the licence would be a link that leads nowhere.
  const { servers: _, ...copy } = structuredClone(document)
  const { license: __, ...info } = copy.info
  for (const { responses } of operationsOf(copy)) {
    for (const [status, response] of Object.entries(responses)) {
      if (Number(status) >= 400) responses[status] = inOneLine(sharedOrOwn(copy, response), errorPage)
    }
  }
  const { responses: ___, ...components } = copy.components
  return { ...copy, info, components, externalDocs: { ...copy.externalDocs, url: errorPage } }
}

const sharedOrOwn = ({ components }: OpenApiDocument, response: DocumentedResponse): DocumentedResponse =>
  (response.$ref && components.responses?.[response.$ref.replace('#/components/responses/', '')]) || response

/** A refusal by its codes alone. With an example and the headers of each, POST /info filled seven screens. */
function inOneLine({ description, content = {} }: DocumentedResponse, errorPage: string): DocumentedResponse {
  const codes = Object.keys(content['application/json']?.examples ?? {})
  const links = codes.map((code) => `[\`${code}\`](${errorPage}#${code})`)
  return { description: `${description ?? ''} ${links.join(', ')}` }
}
