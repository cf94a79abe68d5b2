/** GET /api/video-scraper/platforms: which sites are supported, and how well. */
import type { Platform } from '@video-scraper/contracts'
import { Type } from 'typebox'
import type { Route } from '../dependencies.ts'
import { examples } from '../examples.ts'
import { LIST_COST } from '../request-cost.ts'
import { answer, ref } from '../schema-reference.ts'

export const listPlatforms: Route = async (app, { paths, readPlatforms, platformSnapshot }) => {
  const schema = {
    operationId: 'listPlatforms',
    summary: 'Supported platforms',
    description:
      'What the yt-dlp of the workers knows. `full`: listed as working there; `partial`: with the limits in `reason`; ' +
      '`generic`: by looking for videos in any page; `broken`: known not to work at the moment. Only trying tells for sure.',
    tags: ['service'],
    response: {
      200: answer(Type.Array(ref<Platform>('Platform')), {
        description: 'YouTube, Vimeo and Dailymotion first, then by name.',
        examples: { some: examples.platforms },
      }),
    },
  }
  app.get(paths.at('/api/video-scraper/platforms'), { schema, config: { requestCost: LIST_COST } }, async () => {
    const published = await readPlatforms().catch(() => null)
    return published?.platforms ?? platformSnapshot
  })
}
