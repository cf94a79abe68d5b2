/** The table of endpoints in README names what the OpenAPI document has: all of it, and nothing else. */
import { readFile } from 'node:fs/promises'
import { expect, test } from '@jest/globals'

const textOf = (name: string) => readFile(new URL(`../../${name}`, import.meta.url), 'utf8')

test('README names each operation of the document once, and no other', async () => {
  const { paths } = JSON.parse(await textOf('openapi.json')) as { paths: Record<string, object> }
  const documented = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const [, section = ''] = (await textOf('README.md')).split('\n## All endpoints\n')
  const [table = ''] = section.split('\n## ')
  const rows = [...table.matchAll(/`((?:GET|POST|PUT|PATCH|DELETE) [^`]+)`/g)]
  const named = rows.map(([, request = '']) => request.replace('…', '/api/video-scraper'))
  expect([...named].sort()).toEqual([...documented].sort())
})
