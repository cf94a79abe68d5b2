/** Whose results are shared with nobody. */
import { expect, test } from '@jest/globals'
import type { JobEnvelope } from '@video-scraper/contracts'
import type { ExtractionStore } from '@video-scraper/store'
import { roomsFor } from '../src/private-rooms.ts'

const extractions = {} as ExtractionStore
const rooms = { extractions, reuseFiles: true, other: 1 }
const job = (kind: 'info' | 'download', options: object) => ({ kind, options }) as JobEnvelope

test('a job with cookies, and one that tells addresses of media, neither read nor write what answers others', () => {
  expect(roomsFor(rooms, job('download', { cookies: 'mine' }))).toEqual({
    extractions: null,
    reuseFiles: false,
    other: 1,
  })
  expect(roomsFor({ extractions }, job('info', { cookies: 'mine' }))).toEqual({ extractions: null })
  expect(roomsFor({ extractions }, job('info', { media_urls: true }))).toEqual({ extractions: null })
})

test('all others share', () => {
  expect(roomsFor(rooms, job('download', { quality: '720p' }))).toBe(rooms)
  expect(roomsFor(rooms, job('info', { entries: {} }))).toBe(rooms)
})
