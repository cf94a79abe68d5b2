/** The media host of the local YouTube takes what a player has solved, and nothing else. */
import { expect, test } from '@jest/globals'
import { challengedAddress, isSolved, plainAddress } from '../src/youtube/media-addresses.ts'
import { createPlayer, type Player } from '../src/youtube/player.ts'

const player = createPlayer(1, 100)
const other = createPlayer(2, 100)

function solvedBy(by: Player): URL {
  const { url, signature } = challengedAddress(player, 18)
  const solved = new URL(url)
  solved.searchParams.set('n', by.solveN(solved.searchParams.get('n') ?? ''))
  solved.searchParams.set('sig', by.solveSignature(signature))
  return solved
}

const without = (parameter: 'n' | 'sig'): URL => {
  const url = solvedBy(player)
  url.searchParams.set(parameter, solvedBy(other).searchParams.get(parameter) ?? '')
  return url
}

test('what the player solved is taken, and so is what needs no solving', () => {
  expect(isSolved(solvedBy(player), player)).toBe(true)
  expect(isSolved(new URL(plainAddress(18)), undefined)).toBe(true)
})

test.each([
  ['an n that was not solved', new URL(challengedAddress(player, 18).url)],
  ['an n that another player solved', without('n')],
  ['a signature that another player solved', without('sig')],
  ['what another player solved', solvedBy(other)],
])('%s is refused', (_what, url) => {
  expect(isSolved(url, player)).toBe(false)
})
