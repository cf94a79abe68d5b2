/** The health check's promise: healthy while the worker talks to Redis, and not long after. Real Redis, real program. */
import { execFile } from 'node:child_process'
import { readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { connectRedis } from '@video-scraper/store'
import { eventually, startRedis, temporaryFolder } from '@video-scraper/testkit'
import { showsSignsOfLife, startSignsOfLife } from '../src/sign-of-life.ts'
