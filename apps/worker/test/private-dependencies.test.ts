/** Whose results are shared with nobody. */
import { expect, test } from '@jest/globals'
import type { JobEnvelope } from '@video-scraper/contracts'
import type { ExtractionStore } from '@video-scraper/store'
import { dependenciesFor } from '../src/private-dependencies.ts'

const ofWay = {} as ExtractionStore
const extractions = { through: (way: string) => (way === 'one' ? ofWay : null) } as ExtractionStore
const way = { name: 'one' }
const dependencies = { extractions, reuseFiles: true, other: 1 }
const job = (kind: 'info' | 'download', options: object) => ({ kind, options }) as JobEnvelope

test('a job with cookies, and one that tells addresses of media, neither read nor write what answers others', () => {
  expect(dependenciesFor(dependencies, job('download', { cookies: 'mine' }), way)).toEqual({
    extractions: null,
    reuseFiles: false,
    other: 1,
  })
  expect(dependenciesFor({ extractions }, job('info', { cookies: 'mine' }), way)).toEqual({ extractions: null })
  expect(dependenciesFor({ extractions }, job('info', { media_urls: true }), way)).toEqual({ extractions: null })
})

const shared = { ...dependencies, extractions: ofWay }

test('all others share what was found out by the same way', () => {
  expect(dependenciesFor(dependencies, job('download', { quality: '720p' }), way)).toEqual(shared)
  expect(dependenciesFor(dependencies, job('info', { entries: {} }), way)).toEqual(shared)
})
