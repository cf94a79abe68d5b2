/** The operator's extractor arguments: read again when the file changes, kept where it is not usable, given to every job. */
import { execFileSync } from 'node:child_process'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { eventually, type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'
import { extractorArgumentsOf } from '../src/extractor-arguments/read-arguments.ts'
import { type ArgumentsFile, type Engine, openArgumentsFile } from '../src/index.ts'
import { type Stage, startStage, WARM } from './stage.ts'

let folder: TemporaryFolder
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder.remove())

const lines: { level: string; fields: Record<string, unknown> }[] = []
const logger = {
  info: (fields: object) => void lines.push({ level: 'info', fields: { ...fields } }),
  warn: (fields: object) => void lines.push({ level: 'warn', fields: { ...fields } }),
}

describe('what a file may say', () => {
  test('is said to yt-dlp in its own spelling', () => {
    const text = JSON.stringify({
      youtube: { player_skip: 'webpage', player_client: ['default', '-tv', 'web_safari'] },
      generic: { impersonate: '' },
      soundcloud: {},
    })
    expect(extractorArgumentsOf(text)).toEqual([
      '--extractor-args=generic:impersonate=',
      '--extractor-args=youtube:player_client=default,-tv,web_safari;player_skip=webpage',
    ])
  })

  test.each([
    ['what is no JSON', '{"youtube":', /not JSON/],
    ['a list', '[]', /must be an object/],
    ['an extractor that is not known', '{"nobody":{}}', /"nobody" is not one of youtube/],
    ['the name of what every object has', '{"constructor":{}}', /"constructor" is not one of/],
    ['such a name as an argument', '{"youtube":{"__proto__":"x","toString":"x"}}', /"youtube.toString" is not one of/],
    [
      'an argument that could leak a session',
      '{"youtube":{"po_token":"x"}}',
      /"youtube.po_token" is not one of player/,
    ],
    ['a second argument inside a value', '{"youtube":{"player_client":"web;po_token=x"}}', /not of the form/],
    ['a second value inside a value', '{"youtube":{"player_client":"web,tv"}}', /not of the form/],
    ['a line break at the end', '{"tiktok":{"device_id":"1\\n"}}', /not of the form/],
    ['a number', '{"tiktok":{"device_id":1}}', /not of the form/],
    ['too many values', JSON.stringify({ youtube: { skip: Array(31).fill('hls') } }), /1 to 30 values/],
    ['no value', '{"youtube":{"skip":[]}}', /1 to 30 values/],
  ])('is not %s', (_what, text, problem) => {
    expect(() => extractorArgumentsOf(text)).toThrow(problem)
  })

  test('is refused with every problem named', () => {
    const text = '{"nobody":{},"youtube":{"skip":"x"},"vimeo":{"client":"A"}}'
    expect(() => extractorArgumentsOf(text)).toThrow(/nobody.*youtube\.skip.*vimeo\.client/)
  })
})

describe('a file', () => {
  const opened: ArgumentsFile[] = []
  const open = (path: string, everyMs?: number) => {
    const file = openArgumentsFile({ path, logger, ...(everyMs !== undefined && { everyMs }) })
    opened.push(file)
    return file
  }
  afterAll(() => {
    for (const each of opened) each.stop()
  })

  test('that cannot be used stops the start, and the sentence says why', () => {
    const path = join(folder.path, 'broken.json')
    writeFileSync(path, '{"youtube":{"skip":"everything"}}')
    expect(() => open(path)).toThrow(/EXTRACTOR_ARGUMENTS_FILE cannot be used: "youtube.skip" has a value/)
  })

  test('that is a pipe is refused, and nobody waits for it', () => {
    const path = join(folder.path, 'pipe')
    execFileSync('mkfifo', [path])
    expect(() => open(path)).toThrow(/it is no file/)
  })

  test('that is too large is refused', () => {
    const path = join(folder.path, 'large.json')
    writeFileSync(path, `{}${' '.repeat(70_000)}`)
    expect(() => open(path)).toThrow(/larger than 64 KiB/)
  })

  test('that changes is read again without a job, and a bad one is refused once, in one line', async () => {
    const path = join(folder.path, 'watched.json')
    const file = open(path, 20)
    expect(file.current()).toEqual([])
    lines.length = 0
    writeFileSync(path, '{"twitter":{"api":"syndication"}}')
    const read = { level: 'info', fields: { extractorArguments: ['--extractor-args=twitter:api=syndication'] } }
    await eventually(() => expect(lines).toEqual([read]))
    writeFileSync(path, '{"twitter":{"api":"telephone"}}')
    await eventually(() => expect(lines).toHaveLength(2))
    expect(lines[1]?.level).toBe('warn')
    expect(lines[1]?.fields.problem).toMatch(/^"twitter.api" has a value/)
    for (let look = 0; look < 3; look++) expect(file.current()).toEqual(['--extractor-args=twitter:api=syndication'])
    expect(lines).toHaveLength(2)
    rmSync(path)
    expect(file.current()).toEqual([])
  })
})

describe.each([
  ['cold', null],
  ['warm', WARM],
])('a job that starts %s', (how, warm) => {
  let stage: Stage
  let engine: Engine
  let file: ArgumentsFile
  const path = () => join(folder.path, `${how}.json`)
  beforeAll(async () => {
    stage = await startStage({ scheme: 'https', warm: null })
    file = openArgumentsFile({ path: path(), logger })
    engine = stage.engineWith({ extractorArguments: file.current, ...(warm && { warm }) })
    await engine.warmUp()
  })
  afterAll(async () => {
    file?.stop()
    await stage?.stop()
  })

  /** A page that serves browsers alone refuses Python once, unless it is asked as a browser at once. */
  const refusalsOfOneJob = async (): Promise<number> => {
    const before = stage.site.requests().length
    const url = stage.site.url('/browsers-only/jsonld', { src: '/video.mp4' })
    await engine.extractInfo({ url }, await stage.job())
    return stage.site
      .requests()
      .slice(before)
      .filter(({ status }) => status === 403).length
  }
  const say = (text: string): void => {
    writeFileSync(`${path()}.new`, text)
    renameSync(`${path()}.new`, path())
  }

  test('takes what the file says at that moment', async () => {
    expect(await refusalsOfOneJob()).toBe(1)
    const without = engine.fingerprint()
    say('{"generic":{"impersonate":"chrome"}}')
    expect(await refusalsOfOneJob()).toBe(0)
    expect(engine.fingerprint()).not.toBe(without)
    say('{"generic":{"impersonate":"Chrome;x"}}')
    expect(await refusalsOfOneJob()).toBe(0)
    say('{}')
    expect(await refusalsOfOneJob()).toBe(1)
    expect(engine.fingerprint()).toBe(without)
    if (warm !== null) expect(engine.warmth()).toMatchObject({ warm: 4, cold: 0 })
  })
})
