/** What a job may have the worker fetch and prepare: players of YouTube, some in an hour, one at a time. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'
import { type KeptPlayersOptions, keepPlayers } from '../src/players/kept-players.ts'
import { isPlayerAddress } from '../src/players/player-address.ts'
import { playerFilesIn } from '../src/players/player-files.ts'
import { inPython } from './in-python.ts'

const addressOf = (player: number): string =>
  `https://www.youtube.com/s/player/${player.toString(16).padStart(8, '0')}/player_ias.vflset/en_US/base.js`

let folder: TemporaryFolder
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder.remove())

test.each([
  addressOf(1),
  'https://www.youtube.com/s/player/0004de42/player-plasma-ias-phone-en_US.vflset/base.js',
  'https://www.youtube.com/s/player/0004de42/tv-player-es6.vflset/tv-player-es6.js',
])('%s is the address of a player', (address) => {
  expect(isPlayerAddress(address)).toBe(true)
})

test.each([
  addressOf(1).replace('https:', 'http:'),
  addressOf(1).replace('www.youtube.com', 'www.youtube.com.example'),
  addressOf(1).replace('www.youtube.com', 'www.youtube.com:8443'),
  addressOf(1).replace('www.', 'user@www.'),
  addressOf(1).replace('player_ias.vflset', '..'),
  addressOf(1).replace('player_ias.vflset', '%2e%2e'),
  addressOf(1).replace('/s/player/', '/s/other/'),
  addressOf(1).replace('00000001', '../00000001'),
  `${addressOf(1)}?redirect=https://example.com/x.js`,
  `${addressOf(1)}#x.js`,
  `${addressOf(1)}\n`,
  addressOf(1).replace('en_US', 'a'.repeat(200)),
  '',
])('%j is none', (address) => {
  expect(isPlayerAddress(address)).toBe(false)
})

/** Counts what is fetched; a player is prepared as its own address. */
function countingPlayers(name: string, options: Partial<KeptPlayersOptions> = {}) {
  const fetched: string[] = []
  const players = keepPlayers({
    files: playerFilesIn(join(folder.path, name)),
    fetch: async (address) => {
      fetched.push(address)
      return Buffer.from(address)
    },
    prepare: async (source) => source,
    ...options,
  })
  const meet = async (address: string): Promise<void> => {
    players.met(address)
    await players.settled()
  }
  return { players, fetched, meet }
}

test('a player is prepared once, then again when it has grown old, and what is no player never', async () => {
  let now = 0
  const { players, fetched, meet } = countingPlayers('once', { now: () => now })
  await meet('https://example.com/s/player/00000001/base.js')
  await meet(addressOf(1))
  await meet(addressOf(1))
  expect(fetched).toEqual([addressOf(1)])
  expect(Object.keys(players.ofJob().known)).toEqual([addressOf(1)])
  now += 6 * 3_600_000
  expect(players.ofJob().known).toEqual({})
  await meet(addressOf(1))
  expect(fetched).toEqual([addressOf(1), addressOf(1)])
})

test('however many are named, a dozen are fetched in an hour, and eight are kept', async () => {
  let now = 0
  const { players, fetched, meet } = countingPlayers('many', { now: () => now })
  for (let player = 0; player < 30; player += 1) await meet(addressOf(player))
  expect(fetched).toHaveLength(12)
  expect(Object.keys(players.ofJob().known)).toHaveLength(8)
  expect(await readdir(join(folder.path, 'many'))).toHaveLength(8)
  now += 3_600_001
  await meet(addressOf(40))
  expect(fetched).toHaveLength(13)
})

test('one is prepared at a time, what fails is tried again after an hour, and after the end nothing is begun', async () => {
  let fails = true
  let now = 0
  const { players, fetched, meet } = countingPlayers('failing', {
    now: () => now,
    prepare: async (source) => {
      if (fails) throw new Error('It does not solve.')
      return source
    },
  })
  players.met(addressOf(1))
  players.met(addressOf(2))
  await players.settled()
  expect([fetched, players.ofJob().known]).toEqual([[addressOf(1)], {}])
  fails = false
  now += 3_599_999
  await meet(addressOf(1))
  expect(fetched).toHaveLength(1)
  now += 1
  await meet(addressOf(1))
  expect(Object.keys(players.ofJob().known)).toEqual([addressOf(1)])
  await players.close()
  await meet(addressOf(3))
  expect(fetched).toHaveLength(2)
})

test('a player that cannot be prepared leaves the attempts of the hour to the others', async () => {
  const { players, fetched, meet } = countingPlayers('one-bad', {
    now: () => 0,
    prepare: async (source) => {
      if (String(source) === addressOf(1)) throw new Error('It does not solve.')
      return source
    },
  })
  for (let job = 0; job < 20; job += 1) await meet(addressOf(1))
  await meet(addressOf(2))
  expect(fetched).toEqual([addressOf(1), addressOf(2)])
  expect(Object.keys(players.ofJob().known)).toEqual([addressOf(2)])
})

const HOUR_AGO = (Date.now() - 3_600_000) / 1000
const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Root may remove everything, so it works as somebody else meanwhile. */
async function withoutRoot(work: () => Promise<void>): Promise<void> {
  if (process.geteuid?.() !== 0) return work()
  await chmod(folder.path, 0o777)
  process.seteuid?.(40_001)
  try {
    await work()
  } finally {
    process.seteuid?.(0)
  }
}

test('what an earlier worker left is removed, and what cannot be removed does not keep a player from being filed', async () => {
  await withoutRoot(async () => {
    const place = join(folder.path, 'leftovers')
    const old = ['draft-x', 'preparing-locked', 'preparing-x'].map((name) => join(place, name))
    const locked = join(place, 'preparing-locked')
    for (const path of old) await mkdir(join(path, 'inside'), { recursive: true })
    await chmod(locked, 0)
    for (const path of old) await utimes(path, HOUR_AGO, HOUR_AGO)
    await expect(rm(locked, { recursive: true })).rejects.toThrow('EACCES')
    expect(await playerFilesIn(place).write(Buffer.from('a player'))).toBe(digestOf('a player'))
    expect((await readdir(place)).sort()).toEqual([`${digestOf('a player')}.js`, 'preparing-locked'].sort())
    await chmod(locked, 0o700)
  })
})

test('a player that cannot be filed leaves no draft, and what others left is removed before', async () => {
  const place = join(folder.path, 'not-filed')
  const inTheWay = join(place, `${digestOf('a player')}.js`)
  await mkdir(join(inTheWay, 'inside'), { recursive: true })
  await writeFile(join(place, 'draft-x'), 'x')
  await utimes(join(place, 'draft-x'), HOUR_AGO, HOUR_AGO)
  await expect(playerFilesIn(place).write(Buffer.from('a player'))).rejects.toThrow(/EISDIR|ENOTEMPTY/)
  expect(await readdir(place)).toEqual([`${digestOf('a player')}.js`])
})

test('users of jobs go through the folder and read a player, whatever the mask of the worker is', async () => {
  const place = join(folder.path, 'modes')
  const mask = process.umask(0o077)
  try {
    const digest = await playerFilesIn(place).write(Buffer.from('a player'))
    const modes = [await stat(place), await stat(join(place, `${digest}.js`))].map(({ mode }) => mode & 0o777)
    expect(modes).toEqual([0o711, 0o644])
  } finally {
    process.umask(mask)
  }
})

test('neither the worker nor a job reads a link, a pipe or what is too large in the place of a player', async () => {
  const place = join(folder.path, 'places')
  const files = playerFilesIn(place)
  const file = await files.write(Buffer.from('a player'))
  const pathOf = (digest: string): string => join(place, `${digest}.js`)
  const [link, pipe, large] = ['linked', 'piped', 'l'.repeat(16 * 2 ** 20 + 1)].map(digestOf) as [
    string,
    string,
    string,
  ]
  await writeFile(join(place, 'elsewhere'), 'linked')
  await symlink(join(place, 'elsewhere'), pathOf(link))
  await promisify(execFile)('mkfifo', [pathOf(pipe)])
  await writeFile(pathOf(large), 'l'.repeat(16 * 2 ** 20 + 1))
  expect((await readFile(pathOf(link), 'utf8')).length).toBe(6)
  const digests = [file, link, pipe, large]
  expect(await Promise.all(digests.map((digest) => files.holds(digest)))).toEqual([true, false, false, false])
  const known = Object.fromEntries(digests.map((digest) => [digest, digest]))
  const read = await inPython(
    { folder: place, known, pipe: pathOf(pipe) },
    'import os',
    'from kept_players import content_of',
    "read = lambda: [content_of(given, each) for each in given['known']]",
    'alone = read()',
    "os.write(os.open(given['pipe'], os.O_RDWR | os.O_NONBLOCK), b'piped')",
    'answer = [alone, read()]',
  )
  const found = ['a player', null, null, null]
  expect(read).toEqual([found, found])
}, 20_000)
