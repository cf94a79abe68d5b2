/** The client and `openapi.json` say the same. Needs no PHP. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { generatedFiles, operationsOf } from '../scripts/generated-files.mjs'

const fileOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const read = (path: string) => readFileSync(fileOf(path), 'utf8')
const document = JSON.parse(read('../../../openapi.json'))

/** `[operationId, method, …]` of each row of a table in api.md. */
const rows = [...read('../api.md').matchAll(/^\| `(\w+)` \| (.*?) \|/gm)].map(([, id = '', methods = '']) => ({
  id,
  methods: [...methods.matchAll(/`(\w+)\(/g)].map(([, name = '']) => name),
}))

/** The parameters of each public method of the client, by its name. */
const methods = Object.fromEntries(
  readdirSync(fileOf('../src/Methods')).flatMap((name) =>
    [...read(`../src/Methods/${name}`).matchAll(/public function (\w+)\(([^)]*)\)/g)].map(
      ([, method = '', parameters = '']) => [method, [...parameters.matchAll(/\$(\w+)/g)].map(([, each = '']) => each)],
    ),
  ),
)

test('the generated classes are those of the document', () => {
  const folder = fileOf('../src/generated')
  const there = Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')]))
  expect(there).toEqual(generatedFiles(document))
})

test('a document with another operation or field is distinguished from this one', () => {
  const changed = structuredClone(document)
  changed.components.schemas.VideoInfo.properties.tomorrow = { type: 'string' }
  expect(generatedFiles(changed)['VideoInfo.php']).toContain('public ?string $tomorrow;')
})

test('every operation has a method, and api.md names it', () => {
  const ids = operationsOf(document).map(({ id }) => id)
  expect(rows.map(({ id }) => id).sort()).toEqual(ids.sort())
  for (const row of rows) {
    expect(row.methods).not.toEqual([])
    for (const method of row.methods) expect(Object.keys(methods)).toContain(method)
  }
})

test('every parameter of a query is an argument of the method', () => {
  const camel = (name: string) => name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
  for (const { id, query } of operationsOf(document)) {
    const [method = ''] = rows.find((row) => row.id === id)?.methods ?? []
    expect(methods[method]).toEqual(expect.arrayContaining(query.map(camel)))
  }
})

test('every event of a webhook becomes its class', () => {
  const table = [...read('../src/Webhook/ReceivedWebhook.php').matchAll(/^ +'(\w+)' => (\w+)::class,$/gm)]
  const events = Object.entries(document.webhooks as Record<string, { post: { requestBody: { content: object } } }>)
  const known = events.map(([name, { post }]) => {
    const [media] = Object.values(post.requestBody.content) as { schema: { $ref: string } }[]
    return [name, media?.schema.$ref.split('/').at(-1)]
  })
  expect(table.map(([, name, className]) => [name, className])).toEqual(known)
})
