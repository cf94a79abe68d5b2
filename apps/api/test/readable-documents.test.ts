/** The document as Markdown, and the file that leads language models to it. */
import { expect, test } from '@jest/globals'
import { useApi } from './api-rig.ts'

const rig = useApi()

test('the Markdown names every operation and every schema, with types and examples', async () => {
  const { get } = await rig.standing()
  const reply = await get('/docs.md')
  expect(reply.headers['content-type']).toBe('text/markdown; charset=utf-8')
  const again = await get('/docs.md', { 'if-none-match': String(reply.headers.etag) })
  expect([again.statusCode, again.body]).toEqual([304, ''])
  const { paths, components } = (await get('/openapi.json')).json()
  for (const [path, methods] of Object.entries<object>(paths)) {
    for (const method of Object.keys(methods)) expect(reply.body).toContain(`### ${method.toUpperCase()} ${path}\n`)
  }
  for (const name of Object.keys(components.schemas)) expect(reply.body).toContain(`### ${name}\n`)
  expect(reply.body).toContain('`url`: string.')
  expect(reply.body).toContain('```json\n{"url":"https://www.youtube.com/watch?v=dQw4w9WgXcQ"}\n```')
  expect(reply.body).toMatch(/^- 202: DownloadAcceptance /m)
  expect(reply.body).not.toMatch(/undefined|\[object Object\]|\$ref/)
})

test('/llms.txt leads to documents that are there, with a key asked for as well', async () => {
  for (const gateway of [await rig.gateway(), await rig.gateway({ auth: 'api-key' })]) {
    for (const index of ['/llms.txt', '/api/video-scraper/llms.txt']) {
      const reply = await gateway.get(index)
      expect(reply.headers['content-type']).toBe('text/plain; charset=utf-8')
      const links = [...reply.body.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link)
      expect(links).toHaveLength(4)
      for (const link of links) expect([link, (await gateway.get(link)).statusCode]).toEqual([link, 200])
    }
  }
})
