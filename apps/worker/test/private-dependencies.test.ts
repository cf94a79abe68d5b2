/** Whose results are shared with nobody. */
import { expect, test } from '@jest/globals'
import type { JobEnvelope } from '@video-scraper/contracts'
import type { ExtractionStore } from '@video-scraper/store'
import { dependenciesFor } from '../src/private-dependencies.ts'

const extractions = {} as ExtractionStore
const dependencies = { extractions, reuseFiles: true, other: 1 }
const job = (kind: 'info' | 'download', options: object) => ({ kind, options }) as JobEnvelope

test('a job with cookies, and one that tells addresses of media, neither read nor write what answers others', () => {
  expect(dependenciesFor(dependencies, job('download', { cookies: 'mine' }))).toEqual({
    extractions: null,
    reuseFiles: false,
    other: 1,
  })
  expect(dependenciesFor({ extractions }, job('info', { cookies: 'mine' }))).toEqual({ extractions: null })
  expect(dependenciesFor({ extractions }, job('info', { media_urls: true }))).toEqual({ extractions: null })
})

test('all others share', () => {
  expect(dependenciesFor(dependencies, job('download', { quality: '720p' }))).toBe(dependencies)
  expect(dependenciesFor(dependencies, job('info', { entries: {} }))).toBe(dependencies)
})
