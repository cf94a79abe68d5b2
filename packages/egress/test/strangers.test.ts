/** How many connections may be there without saying whose they are. */
import { Socket } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { createStrangers } from '../src/strangers.ts'

const sockets: Socket[] = []
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})

const startStrangers = (count: number) => {
  const strangers = createStrangers()
  const arrive = () => {
    const socket = new Socket()
    sockets.push(socket)
    strangers.arrived(socket)
    return socket
  }
  return { strangers, arrive, first: Array.from({ length: count }, arrive) }
}
const endedOf = (all: readonly Socket[]) => all.flatMap(({ destroyed }, at) => (destroyed ? [at] : []))

test('512 strangers may be there, and each one more ends the one that has been there longest', () => {
  const { arrive, first } = startStrangers(512)
  expect(endedOf(first)).toEqual([])
  const next = [arrive(), arrive()]
  expect(endedOf(first)).toEqual([0, 1])
  expect(endedOf(next)).toEqual([])
})

test('who has shown credentials is no stranger, and is not ended for others', () => {
  const { strangers, arrive, first } = startStrangers(512)
  for (const socket of first.slice(0, 2)) strangers.known(socket)
  arrive()
  arrive()
  expect(endedOf(first)).toEqual([])
  arrive()
  expect(endedOf(first)).toEqual([2])
})
