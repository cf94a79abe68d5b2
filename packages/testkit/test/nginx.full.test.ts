/** The nginx of the kit: on a port of its own, and gone afterwards. */
import { expect, test } from '@jest/globals'
import { eventually, isAlive, startNginx } from '@video-scraper/testkit'

test('it serves what its configuration says, and stop ends it, also twice', async () => {
  const nginx = await startNginx('location /hello { return 200 "hello"; }')
  expect(await (await fetch(`${nginx.origin}/hello`)).text()).toBe('hello')
  await nginx.stop()
  await nginx.stop()
  await eventually(() => !isAlive(nginx.pid))
  await expect(fetch(nginx.origin)).rejects.toThrow()
})

test('a configuration that is none is an error with the words of nginx', async () => {
  await expect(startNginx('nonsense')).rejects.toThrow('nginx ended before it was ready')
})
