/** `destination`: where the finished file is delivered to. The address is a secret: whoever has it may write there. */
import { Type } from 'typebox'
import { defineReducedOption } from './option.ts'

/** As long as addresses of sources (`URL_LENGTH_MAX`). Signed addresses of stores have some hundred characters. */
const PUT_URL_LENGTH_MAX = 4096

export const destinationOrigin = Type.String({
  description: 'Scheme, host and port of `put_url`. Its path and its signature are shown nowhere.',
  examples: ['https://videos.example.com'],
})

export const destination = defineReducedOption({
  schema: Type.Object(
    {
      put_url: Type.String({
        minLength: 1,
        maxLength: PUT_URL_LENGTH_MAX,
        description:
          'A presigned address of your own store, http or https, without credentials. The file is sent there with one `PUT`, with `Content-Length` and with its media type as `Content-Type`, so sign it for that media type or for none. Redirects are not followed. It must be a public address, and stay valid until the file has been fetched.',
      }),
    },
    {
      $id: 'Destination',
      additionalProperties: false,
      description:
        'Where the finished file is delivered to, before the job completes. The file also stays here, as always. One address takes one file, so this must not stand beside `urls`, `clips`, `chapters`, `thumbnail`, and `subtitles` that are files. Where the store refuses the file, the job fails with `delivery_refused`; where it cannot be reached or does not answer well in three attempts, with `delivery_failed`.',
      examples: [{ put_url: 'https://videos.example.com/talk.mp4?signature=abc' }],
    },
  ),
  kept: Type.Object({ origin: destinationOrigin }, { $id: 'DestinationOrigin', additionalProperties: false }),
  // The same file answers whoever wants it elsewhere, or nowhere.
  affects: 'nothing',
  since: 7,
  absent: null,
  forOneFile: true,
})
