/** With a provider of PO tokens yt-dlp asks the client that uses them, unless the operator has chosen clients. */
import { expect, test } from '@jest/globals'
import { withTokenClient } from '../src/extractor-arguments/token-client.ts'

const YOUTUBE = '--extractor-args=youtube:'

test.each([
  ['nothing was chosen', [], [`${YOUTUBE}player_client=default,mweb`]],
  [
    'other extractors have arguments',
    ['--extractor-args=youtubetab:skip=webpage', '--extractor-args=generic:impersonate='],
    [
      '--extractor-args=generic:impersonate=',
      `${YOUTUBE}player_client=default,mweb`,
      '--extractor-args=youtubetab:skip=webpage',
    ],
  ],
  ['YouTube has others', [`${YOUTUBE}skip=hls`], [`${YOUTUBE}player_client=default,mweb;skip=hls`]],
  ['clients were chosen', [`${YOUTUBE}player_client=tv;skip=hls`], [`${YOUTUBE}player_client=tv;skip=hls`]],
])('%s', (_what, given, expected) => {
  expect([...withTokenClient(given)].sort()).toEqual([...expected].sort())
})
