/** Many jobs of several owners at one site, each owner with a session of its own under the same name. */
import { expect } from '@jest/globals'
import type { CookieScene } from './cookie-scene.ts'

/**
 * Every job must show its own owner's account, and the site must never see a cookie of another one. The site takes as many old
 * cookies as there are jobs, since they begin with one copy.
 */
export async function tellApart(scene: CookieScene, { jobs, owners }: { jobs: number; owners: number }): Promise<void> {
  const crowd = await Promise.all(
    Array.from({ length: owners }, async (_, at) => {
      const name = `crowd-${owners}-${jobs}-${at}`
      const account = await scene.account()
      await account.store('same-name', await scene.signIn(name))
      return { name, account }
    }),
  )
  const started = await Promise.all(
    Array.from({ length: jobs }, async (_, at) => {
      const owner = crowd[at % owners]
      if (owner === undefined) throw new Error('There are no owners.')
      const kind = at % 4 < 2 ? 'info' : 'download'
      const url = scene.site.url('/members/page', { account: owner.name, grace: 100_000, of: at })
      return { owner, id: await owner.account.start(kind, { url, cookies: 'same-name' }) }
    }),
  )
  for (const { owner, id } of started) {
    const end = await owner.account.client.ended(id, 600_000)
    const title = JSON.stringify(end)
    expect([end.status, title.includes(`For ${owner.name}`)]).toEqual(['completed', true])
  }
  const seen = scene.site
    .requests()
    .filter(({ path, search }) => path.startsWith('/members/') && search.includes(`account=crowd-${owners}-${jobs}-`))
  expect(seen.filter(({ status }) => status === 403 || status === 401)).toEqual([])
  for (const { name, account } of crowd) {
    expect(await account.set('same-name')).toMatchObject({ verdict: 'rotated', count: 1 })
    const values = seen
      .filter(({ search }) => new URLSearchParams(search).get('account') === name)
      .map(({ headers }) => headers.cookie ?? '')
    const others = seen.filter(({ search }) => new URLSearchParams(search).get('account') !== name)
    expect(others.filter(({ headers }) => values.includes(headers.cookie ?? '-'))).toEqual([])
  }
}
