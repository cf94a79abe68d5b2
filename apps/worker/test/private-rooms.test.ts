/** Whose results are shared with nobody. */
import { expect, test } from '@jest/globals'
import type { JobEnvelope } from '@video-scraper/contracts'
import type { ExtractionStore } from '@video-scraper/store'
import { roomsFor } from '../src/private-rooms.ts'

const ofWay = {} as ExtractionStore
const extractions = { through: (way: string) => (way === 'one' ? ofWay : null) } as ExtractionStore
const way = { name: 'one' }
const rooms = { extractions, reuseFiles: true, other: 1 }
const job = (kind: 'info' | 'download', options: object) => ({ kind, options }) as JobEnvelope

test('a job with cookies, and one that tells addresses of media, neither read nor write what answers others', () => {
  expect(roomsFor(rooms, job('download', { cookies: 'mine' }), way)).toEqual({
    extractions: null,
    reuseFiles: false,
    other: 1,
  })
  expect(roomsFor({ extractions }, job('info', { cookies: 'mine' }), way)).toEqual({ extractions: null })
  expect(roomsFor({ extractions }, job('info', { media_urls: true }), way)).toEqual({ extractions: null })
})

const shared = { ...rooms, extractions: ofWay }

test('all others share what was found out by the same way', () => {
  expect(roomsFor(rooms, job('download', { quality: '720p' }), way)).toEqual(shared)
  expect(roomsFor(rooms, job('info', { entries: {} }), way)).toEqual(shared)
})
