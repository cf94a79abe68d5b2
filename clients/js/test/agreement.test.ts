/** The client and `openapi.json` say the same. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { operationsOf, operationsText, schemasText } from '../scripts/generated-text.mjs'
import { VideoScraper } from '../src/index.ts'

const read = (path: string) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8')
const document = JSON.parse(read('../../../openapi.json'))

/** `[operationId, method, …]` of each row of a table in api.md. */
const rows = [...read('../api.md').matchAll(/^\| `(\w+)` \| (.*?) \|/gm)].map(([, id = '', methods = '']) => ({
  id,
  methods: [...methods.matchAll(/`(\w+)\(/g)].map(([, name = '']) => name),
}))

test('the generated types are those of the document', () => {
  expect(read('../src/generated/schemas.ts')).toBe(schemasText(document))
  expect(read('../src/generated/operations.ts')).toBe(operationsText(document))
})

test('a document with another operation or field is distinguished from this one', () => {
  const changed = structuredClone(document)
  changed.components.schemas.VideoInfo.properties.tomorrow = { type: 'string' }
  expect(schemasText(changed)).not.toBe(schemasText(document))
})

/** The methods of the client and of the classes that it extends, without those that every object has. */
function* clientMethods() {
  for (let each: object = VideoScraper.prototype; each !== Object.prototype; each = Object.getPrototypeOf(each)) {
    yield* Object.getOwnPropertyNames(each)
  }
}

test('every operation has a method, and api.md names it', () => {
  const ids = operationsOf(document).map(({ id }: { id: string }) => id)
  expect(rows.map(({ id }) => id).sort()).toEqual(ids.sort())
  for (const { methods } of rows) {
    expect(methods).not.toEqual([])
    for (const method of methods) expect([...clientMethods()]).toContain(method)
  }
})
