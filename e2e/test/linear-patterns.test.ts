/**
 * Every regular expression of the product takes time linear in the length of its text, since nearly all of them read text
 * of strangers. For an expression that does not, recheck finds a text that shows it.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { parseSync } from '@swc/core'
import { checkSync } from 'recheck'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

interface Expression {
  file: string
  pattern: string
  flags: string
}

const foldersIn = (path: string) => readdirSync(join(ROOT, path)).map((name) => join(path, name))

/** The test site and the test tools are no part of the product. */
const sources = [...foldersIn('apps'), ...foldersIn('packages')]
  .filter((folder) => !folder.endsWith('testkit'))
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, 'src', name)),
  )

function expressionsIn(file: string): Expression[] {
  const found: Expression[] = []
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const { type, pattern, flags } = node as { type?: string; pattern?: string; flags?: string }
    if (type === 'RegExpLiteral') found.push({ file, pattern: pattern ?? '', flags: flags ?? '' })
    for (const child of Object.values(node)) visit(child)
  }
  visit(parseSync(readFileSync(join(ROOT, file), 'utf8'), { syntax: 'typescript' }))
  return found
}

test('every regular expression of the product is linear', () => {
  const expressions = sources.flatMap(expressionsIn)
  expect(expressions.length).toBeGreaterThan(100)
  const slow = expressions.flatMap(({ file, pattern, flags }) => {
    const found = checkSync(pattern, flags, { timeout: 60_000 })
    return found.status === 'safe' ? [] : [`${file}: /${pattern}/${flags} ${JSON.stringify(found)}`]
  })
  expect(slow).toEqual([])
}, 600_000)
