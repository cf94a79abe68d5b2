/** GET /api/video-scraper/platforms: which sites are supported, and how well. */
import { domainToASCII } from 'node:url'
import type { Platform } from '@video-scraper/contracts'
import type { SiteRest } from '@video-scraper/queue'
import { answerTextOf } from '@video-scraper/views'
import { Type } from 'typebox'
import type { Route } from '../../dependencies.ts'
import { cacheableText, cacheHeaders, sendCacheable } from '../../http/cacheable.ts'
import { LIST_COST } from '../../limits/request-cost.ts'
import { examples } from '../../openapi/examples/job-examples.ts'
import { answer, ref } from '../../openapi/schema-reference.ts'
import { knownRests, siteOfPlatform } from '../known-rests.ts'

/** RFC 1035: the longest name. */
const DOMAIN_LENGTH_MAX = 253

const Query = Type.Object({
  domain: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: DOMAIN_LENGTH_MAX,
      description:
        'Only the platforms of this host name: those whose `domain` is the name itself, or a parent of it, as ' +
        '`youtube.com` is of `www.youtube.com`. An unknown one is an empty list; the video may still be found in its page.',
    }),
  ),
})

const PLATFORMS = Type.Array(ref<Platform>('Platform'))

export const listPlatforms: Route = async (app, dependencies) => {
  const { paths, readPlatforms, platformSnapshot } = dependencies
  const textOf = answerTextOf(PLATFORMS)
  const schema = {
    operationId: 'listPlatforms',
    summary: 'Supported platforms',
    description:
      'What the yt-dlp of the workers knows. `full`: listed as working there; `partial`: with the limits in `reason`; ' +
      '`generic`: by looking for videos in any page; `broken`: known not to work at the moment. Only trying tells for sure.',
    tags: ['service'],
    querystring: Query,
    response: {
      200: answer(PLATFORMS, {
        description: 'YouTube, Vimeo and Dailymotion first, then by name.',
        examples: { some: examples.platforms },
        headers: cacheHeaders,
      }),
      304: { description: 'The list that the client has is current.', type: 'null' },
    },
  }
  app.get<{ Querystring: { domain?: string } }>(
    paths.api('/platforms'),
    { schema, config: { requestCost: LIST_COST } },
    async (request, reply) => {
      const [published, rests] = await Promise.all([
        readPlatforms().catch(() => null),
        knownRests(dependencies).catch(() => []),
      ])
      const all = (published?.platforms ?? platformSnapshot) as Platform[]
      const { domain } = request.query
      const listed = domain === undefined ? all : all.filter(isAt(domain))
      const shown = rests.length === 0 ? listed : listed.map(withRest(rests))
      return sendCacheable(request, reply, { ...cacheableText(textOf(shown)), scope: 'private' })
    },
  )
}

/** Says of each platform until when its site rests. */
function withRest(rests: readonly SiteRest[]): (platform: Platform) => Platform {
  const until = new Map(rests.map((rest) => [rest.site, new Date(rest.until).toISOString()]))
  return (platform) => {
    const resting = until.get(siteOfPlatform(platform) ?? '')
    return resting === undefined ? platform : { ...platform, resting_until: resting }
  }
}

/** Names are compared in the form that DNS has them: lower case, ASCII, without the final dot. */
function isAt(domain: string): (platform: Platform) => boolean {
  const name = domainToASCII(domain.replace(/\.$/, ''))
  // The generic one is at every domain, `*`, which is no name.
  return ({ domain: own }) => own !== null && own !== '*' && (name === own || name.endsWith(`.${own}`))
}
