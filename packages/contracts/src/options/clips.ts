/** `clips`: parts of the video as files of their own. */
import { Type } from 'typebox'
import { defineOption } from './option.ts'

/** Each clip is a run of ffmpeg and a file. */
const CLIPS_MAX = 20
/** A hundred hours. */
const SECONDS_MAX = 360_000
/** Of all exact clips of a request together: encoding takes processor time for each second. */
const EXACT_SECONDS_MAX = 7_200
/** Less than some pictures is no clip. */
const SECONDS_MIN = 0.1

export const clips = defineOption({
  schema: Type.Array(
    Type.Object(
      {
        start: Type.Number({ minimum: 0, maximum: SECONDS_MAX, description: 'Where the clip begins, in seconds.' }),
        end: Type.Number({
          minimum: 0,
          maximum: SECONDS_MAX,
          description:
            'Where it ends, in seconds: at least 0.1 after it begins. What lies beyond the end of the video is left out.',
        }),
        exact: Type.Optional(
          Type.Boolean({
            description:
              'true: the clip begins and ends within one picture of these times, for which it is encoded again, with H.264 and AAC in mp4. All of these together last two hours at most. Absent: it is not encoded again, and begins with the last key picture before its time, most often some seconds earlier.',
          }),
        ),
      },
      { $id: 'Clip', additionalProperties: false },
    ),
    {
      minItems: 1,
      maxItems: CLIPS_MAX,
      description:
        'Parts of the video, each as a file with the role `clip` beside the whole, in this order; `part` says which one. Where one lies behind the end of the video, the warning `clips_missing` says so.',
      examples: [[{ start: 60, end: 75.5, exact: true }]],
    },
  ),
  affects: 'file',
  since: 5,
  absent: null,
  makesFiles: () => true,
  problem(wanted) {
    if (!wanted.every(({ start, end }) => end - start >= SECONDS_MIN))
      return `must have clips that end at least ${SECONDS_MIN} s after they begin`
    const exactSeconds = wanted.reduce((sum, { start, end, exact }) => (exact === true ? sum + end - start : sum), 0)
    // Sums of tenths are not exact.
    return Math.round(exactSeconds * 1000) <= EXACT_SECONDS_MAX * 1000
      ? null
      : `must have exact clips that last ${EXACT_SECONDS_MAX} s together at most`
  },
})
