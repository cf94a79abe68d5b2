/** The document as Markdown, and `/llms.txt`, which tells a language model where everything is (llmstxt.org). */
import type { PublicPaths } from '@video-scraper/views'
import type { FastifyInstance } from 'fastify'
import { type Cacheable, cacheableText, sendCacheable } from '../http/cacheable.ts'
import { ERROR_PAGE, TITLE } from './describe.ts'
import { markdownOf } from './markdown-document.ts'
import type { OpenApiDocument } from './openapi-types.ts'

const MARKDOWN = '/docs.md'

export function serveReadableDocuments(app: FastifyInstance, paths: PublicPaths): void {
  const index = cacheableText(indexOf(paths))
  for (const path of [paths.at('/llms.txt'), paths.api('/llms.txt')]) {
    app.get(path, { schema: { hide: true } }, (request, reply) =>
      sendCacheable(request, reply, { ...index, scope: 'public', type: 'text/plain; charset=utf-8' }),
    )
  }
  // The document is complete only when all routes are registered, and never changes after that.
  let document: Cacheable | undefined
  for (const path of [paths.at(MARKDOWN), paths.api(MARKDOWN)]) {
    app.get(path, { schema: { hide: true } }, (request, reply) => {
      document ??= cacheableText(markdownOf(app.swagger() as unknown as OpenApiDocument))
      return sendCacheable(request, reply, { ...document, scope: 'public', type: 'text/markdown; charset=utf-8' })
    })
  }
}

function indexOf(paths: PublicPaths): string {
  const api = (path: string) => paths.absolute(paths.api(path))
  return `# ${TITLE}

> Video information and downloads as an HTTP API. A POST starts a job and answers with an id; the status of the job says when
> it has ended; files are fetched over HTTP. All paths of the API begin with ${paths.api('')}.

## Documentation

- [API as Markdown](${api(MARKDOWN)}): every operation, with parameters, bodies, answers and examples
- [OpenAPI document](${api('/openapi.json')}): the same for programs
- [Error codes](${api(ERROR_PAGE)}): what each code means and what to do
- [Swagger UI](${api('/docs')}): the same for people
`
}
