/** What a job may have the worker fetch and prepare: players of YouTube, some in an hour, one at a time. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'
import { type KeptPlayersOptions, keepPlayers } from '../src/players/kept-players.ts'
import { isPlayerAddress } from '../src/players/player-address.ts'
import { playerFilesIn } from '../src/players/player-files.ts'

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

test('one is prepared at a time, what fails is tried again by the next job, and after the end nothing is begun', async () => {
  let fails = true
  const { players, fetched, meet } = countingPlayers('failing', {
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
  await meet(addressOf(1))
  expect(Object.keys(players.ofJob().known)).toEqual([addressOf(1)])
  await players.close()
  await meet(addressOf(3))
  expect(fetched).toHaveLength(2)
})
