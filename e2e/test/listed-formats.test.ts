/** Whatever POST /info lists can be asked for through the API, and long addresses are taken. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Surroundings, setTheScene } from './surroundings.ts'

let scene: Surroundings
beforeAll(async () => {
  scene = await setTheScene()
}, 150_000)
afterAll(() => scene?.stop())

const NAMES = ['हिन्दी', 'Français', "Director's_Commentary", 'עברית', 'a+b \\ c', '👩‍🚀', 'x'.repeat(320)]

test('each listed format of a source in many scripts is downloaded by its id, alone or joined', async () => {
  const url = new URL(scene.site.url('/tracks/named.m3u8'))
  for (const name of NAMES) url.searchParams.append('name', name)
  const { video_info } = await scene.client.ended(await scene.client.info(url.href))
  const { formats } = video_info as { formats: { format_id: string; vcodec: string }[] }
  const sounds = formats.filter(({ vcodec }) => vcodec === 'none').map(({ format_id }) => format_id)
  const picture = formats.find(({ vcodec }) => vcodec !== 'none')?.format_id ?? ''
  expect(sounds).toHaveLength(NAMES.length)
  expect(sounds).toEqual(
    expect.arrayContaining(['aac-हिन्दी', 'aac-Français', "aac-Director's_Commentary", 'aac-עברית']),
  )
  for (const format_id of [...sounds.map((sound) => `${picture}+${sound}`), ...sounds.slice(0, 2)]) {
    const id = await scene.client.download(url.href, format_id)
    expect(await scene.client.ended(id)).toMatchObject({ status: 'completed', format_id })
  }
}, 120_000)

test('an address of 2,150 characters is looked at and downloaded', async () => {
  const url = scene.site.url('/video.mp4', { signature: 'a'.repeat(2150) }).slice(0, 2150)
  expect(url).toHaveLength(2150)
  expect(await scene.client.ended(await scene.client.info(url))).toMatchObject({
    status: 'completed',
    video_info: { webpage_url: url },
  })
  expect(await scene.client.ended(await scene.client.download(url))).toMatchObject({ status: 'completed' })
})
