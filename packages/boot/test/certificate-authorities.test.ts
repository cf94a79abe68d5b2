import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { selfSigned } from '@video-scraper/testkit'
import { readCertificateAuthorities } from '../src/index.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'authorities-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function fileWith(text: string): Promise<string> {
  await writeFile(join(folder, 'authorities.pem'), text)
  return join(folder, 'authorities.pem')
}

test('without a file nothing is said, and the public ones are trusted', async () => {
  expect(await readCertificateAuthorities('')).toBeUndefined()
})

test('the authorities of a file come beside the public ones, whatever text lies around them', async () => {
  const [one, other] = [selfSigned({ name: 'one.test' }).cert, selfSigned({ name: 'other.test' }).cert]
  const read = await readCertificateAuthorities(await fileWith(`# ours\n${one}\n\nsubject=other\n${other}`))
  expect(read).toEqual([...rootCertificates, one.trim(), other.trim()])
})

test.each([
  ['no certificate', 'nothing', 'holds no certificate'],
  ['a key instead', selfSigned({ name: 'a.test' }).key, 'holds no certificate'],
  ['a damaged certificate', selfSigned({ name: 'a.test' }).cert.replace(/\n(.{20})/, '\n'), 'is damaged'],
  [
    'one that was cut off before another',
    `${selfSigned({ name: 'a.test' }).cert.slice(0, 300)}\n${selfSigned({ name: 'b.test' }).cert}`,
    'is damaged',
  ],
  ['one that was cut off at its end', selfSigned({ name: 'a.test' }).cert.slice(0, 300), 'is damaged'],
  ['too much', 'x'.repeat(1_048_577), 'larger than 1 MiB'],
])('a file with %s stops the start with a sentence', async (_what, text, sentence) => {
  await expect(readCertificateAuthorities(await fileWith(text))).rejects.toThrow(sentence)
})

test('so does one that is not there', async () => {
  await expect(readCertificateAuthorities(join(folder, 'nowhere'))).rejects.toThrow(/EGRESS_CA_FILE: .* cannot be read/)
})
