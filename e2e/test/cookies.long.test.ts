/** The crowd of `cookies.test.ts`, ten times as large. */
import { afterAll, beforeAll, test } from '@jest/globals'
import { tellApart } from './cookie-crowd.ts'
import { type CookieScene, setTheCookieScene } from './cookie-scene.ts'

let scene: CookieScene
beforeAll(async () => {
  scene = await setTheCookieScene()
}, 90_000)
afterAll(() => scene?.stop())

test('four owners with 200 jobs see each their own account alone', async () => {
  await tellApart(scene, { jobs: 200, owners: 4 })
}, 1_200_000)
