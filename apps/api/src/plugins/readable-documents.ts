/** The document as Markdown, and `/llms.txt`, which tells a language model where everything is (llmstxt.org). */
import type { PublicPaths } from '@video-scraper/views'
import type { FastifyInstance } from 'fastify'
import { type Cacheable, cacheableText, sendCacheable } from '../cacheable.ts'
import { ERROR_PAGE, TITLE } from '../document/describe.ts'
import { markdownOf } from '../document/markdown-document.ts'
import type { OpenApiDocument } from '../document/openapi-types.ts'

const MARKDOWN = '/api/video-scraper/docs.md'

export function serveReadableDocuments(app: FastifyInstance, paths: PublicPaths): void {
  const index = cacheableText(indexOf(paths))
  for (const path of ['/llms.txt', '/api/video-scraper/llms.txt']) {
    app.get(paths.at(path), { schema: { hide: true } }, (request, reply) =>
      sendCacheable(request, reply, { ...index, scope: 'public', type: 'text/plain; charset=utf-8' }),
    )
  }
  // The document is complete only when all routes are registered, and never changes after that.
  let document: Cacheable | undefined
  for (const path of ['/docs.md', MARKDOWN]) {
    app.get(paths.at(path), { schema: { hide: true } }, (request, reply) => {
      document ??= cacheableText(markdownOf(app.swagger() as unknown as OpenApiDocument))
      return sendCacheable(request, reply, { ...document, scope: 'public', type: 'text/markdown; charset=utf-8' })
    })
  }
}

function indexOf(paths: PublicPaths): string {
  const at = (path: string) => paths.absolute(paths.at(path))
  return `# ${TITLE}

> Video information and downloads as an HTTP API. A POST starts a job and answers with an id; the status of the job says when
> it has ended; files are fetched over HTTP. All paths of the API begin with ${paths.at('/api/video-scraper')}.

## Documentation

- [API as Markdown](${at(MARKDOWN)}): every operation, with parameters, bodies, answers and examples
- [OpenAPI document](${at('/api/video-scraper/openapi.json')}): the same for programs
- [Error codes](${at(ERROR_PAGE)}): what each code means and what to do
- [Swagger UI](${at('/api/video-scraper/docs')}): the same for people
`
}
