/** A ZIP archive of files that are stored as they are: its length is known beforehand, and other programs read it. */
import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readRuntime, type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'
import { zipArchive, zipArchiveBytes } from '../src/serve/zip-archive.ts'
import { centralDirectory, descriptor, localHeader } from '../src/serve/zip-headers.ts'

let folder: TemporaryFolder
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder.remove())

const source = (name: string, content: string | Buffer, sizeBytes = Buffer.byteLength(content)) => ({
  name,
  sizeBytes,
  modifiedMs: Date.UTC(2026, 0, 2, 3, 4, 6),
  open: async () => Readable.from([Buffer.from(content)]),
})

/** What Python, which is written after the same specification by others, makes of an archive. */
function readWithPython(path: string): unknown {
  const program = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    assert archive.testzip() is None
    print(json.dumps([[each.filename, each.file_size, list(each.date_time), each.compress_type, archive.read(each).decode('latin1')] for each in archive.infolist()]))
`
  return JSON.parse(execFileSync(readRuntime().python, ['-c', program, path], { encoding: 'utf8' }))
}

test('its files come out as they went in, under their names, and it is as long as was said', async () => {
  const files = [
    source('Ein "Film" 🎬 [01234567].mp4', 'the bytes of a video'),
    source('Ein Film.de.vtt', 'WEBVTT'),
    source('x.jpg', ''),
  ]
  const archive = await buffer(zipArchive(files))
  expect(archive.length).toBe(zipArchiveBytes(files))
  const path = join(folder.path, 'some.zip')
  await writeFile(path, archive)
  const at = [2026, 1, 2, 3, 4, 6]
  expect(readWithPython(path)).toEqual([
    ['Ein "Film" 🎬 [01234567].mp4', 20, at, 0, 'the bytes of a video'],
    ['Ein Film.de.vtt', 6, at, 0, 'WEBVTT'],
    ['x.jpg', 0, at, 0, ''],
  ])
})

test('a file beyond 4 GiB, and one that begins there, have fields of ZIP64', () => {
  const large = { name: 'large.mp4', sizeBytes: 5 * 2 ** 30, modifiedMs: 0 }
  const small = { name: 'small.vtt', sizeBytes: 6, modifiedMs: 0 }
  const placed = [
    { ...large, offset: 0, crc32: 1 },
    { ...small, offset: 5 * 2 ** 30 + 83, crc32: 2 },
  ]
  expect([localHeader(large).length, descriptor({ ...large, crc32: 1 }).length]).toEqual([30 + 9 + 20, 24])
  expect([localHeader(small).length, descriptor({ ...small, crc32: 1 }).length]).toEqual([30 + 9, 16])
  const at = 5 * 2 ** 30 + 83 + 61
  const directory = centralDirectory(placed, at)
  expect(directory.length).toBe(46 + 9 + 20 + 46 + 9 + 12 + 56 + 20 + 22)
  expect(zipArchiveBytes([large, small])).toBe(at + directory.length)
})

test('an archive of 5 GiB is read by others', async () => {
  const path = join(folder.path, 'large.zip')
  const files = [
    { name: 'large.mp4', sizeBytes: 5 * 2 ** 30, modifiedMs: Date.UTC(2026, 0, 1) },
    { name: 'small.vtt', sizeBytes: 6, modifiedMs: Date.UTC(2026, 0, 1) },
  ] as const
  // The bytes of the large file are a hole, which costs no space on the disk.
  const program = `
import json, sys, zipfile
path, parts = sys.argv[1], [(at, bytes.fromhex(content)) for at, content in json.loads(sys.argv[2])]
with open(path, 'wb') as file:
    for at, content in parts:
        file.seek(at)
        file.write(content)
with zipfile.ZipFile(path) as archive:
    print(json.dumps([[each.filename, each.file_size, each.header_offset] for each in archive.infolist()] + [archive.read('small.vtt').decode()]))
`
  const [large, small] = files
  const second = localHeader(large).length + large.sizeBytes + 24
  const end = second + localHeader(small).length + 6 + 16
  const crc32 = 0x9a4e5d9c
  const parts: [number, Buffer][] = [
    [0, localHeader(large)],
    [second - 24, descriptor({ ...large, crc32: 0 })],
    [second, Buffer.concat([localHeader(small), Buffer.from('WEBVTT'), descriptor({ ...small, crc32 })])],
    [
      end,
      centralDirectory(
        [
          { ...large, offset: 0, crc32: 0 },
          { ...small, offset: second, crc32: (await import('node:zlib')).crc32('WEBVTT') },
        ],
        end,
      ),
    ],
  ]
  const reported = JSON.stringify(parts.map(([at, content]) => [at, content.toString('hex')]))
  const read = JSON.parse(execFileSync(readRuntime().python, ['-c', program, path, reported], { encoding: 'utf8' }))
  expect(read).toEqual([['large.mp4', 5 * 2 ** 30, 0], ['small.vtt', 6, second], 'WEBVTT'])
})

test.each([
  ['shorter', 'short', 6],
  ['longer', 'too long', 6],
])('a file that is %s than was said ends the archive with an error', async (_, content, sizeBytes) => {
  await expect(buffer(zipArchive([source('a.mp4', content, sizeBytes)]))).rejects.toThrow('size')
})

test('a file that cannot be read ends the archive with an error; nothing is opened before its turn, or after the reader is gone', async () => {
  const opened: string[] = []
  const lazy = (name: string, fail = false) => ({
    ...source(name, 'x'.repeat(2_000_000)),
    open: async () => {
      opened.push(name)
      if (fail) throw new Error('gone')
      return Readable.from([Buffer.alloc(2_000_000)])
    },
  })
  const unread = zipArchive([lazy('never')])
  unread.destroy()
  const left = zipArchive([lazy('a'), lazy('b')])
  for await (const _ of left) break
  expect(opened).toEqual(['a'])
  await expect(buffer(zipArchive([lazy('c'), lazy('d', true)]))).rejects.toThrow('gone')
})
