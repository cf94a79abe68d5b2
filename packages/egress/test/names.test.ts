/** How names are resolved: with a real DNS server that is honest, late, or silent. */
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { type NameAnswer, startNameServer } from '@video-scraper/testkit'
import {
  createNameResolver,
  createSafeFetch,
  createTargetPolicy,
  HostNotFound,
  parseDnsServers,
  startEgressProxy,
} from '../src/index.ts'
import type { NameResolverOptions } from '../src/name-resolver.ts'
import { ask, startHttp, whenDone } from './servers.ts'

const PUBLIC = '93.184.215.14'
const PUBLIC6 = '2606:4700:4700::1111'

async function resolverFor(names: Record<string, NameAnswer>, options: NameResolverOptions = {}) {
  const server = await startNameServer(names)
  whenDone(() => server.stop())
  return { server, resolve: createNameResolver({ servers: [server.address], ...options }) }
}

/** Milliseconds until it settles. */
async function lasts(work: Promise<unknown>): Promise<number> {
  const since = performance.now()
  await work.catch(() => undefined)
  return performance.now() - since
}

test('names are resolved in both families, with IPv4 first', async () => {
  const { resolve } = await resolverFor({
    'both.example': [PUBLIC6, PUBLIC],
    'four.example': [PUBLIC],
    'six.example': [PUBLIC6],
  })
  expect(await resolve('Both.example')).toEqual([PUBLIC, PUBLIC6])
  expect(await resolve('four.example')).toEqual([PUBLIC])
  expect(await resolve('six.example')).toEqual([PUBLIC6])
  await expect(resolve('none.example')).rejects.toMatchObject({ code: 'ENOTFOUND' })
})

test('a server that is silent about one family keeps nobody from the other', async () => {
  const { resolve } = await resolverFor(
    {
      'four.example': (type) => (type === 'A' ? [PUBLIC] : 'silent'),
      'six.example': (type) => (type === 'AAAA' ? [PUBLIC6] : 'silent'),
    },
    { timeoutMs: 200 },
  )
  expect(await lasts(resolve('four.example'))).toBeLessThan(200)
  expect(await resolve('four.example')).toEqual([PUBLIC])
  expect(await resolve('six.example')).toEqual([PUBLIC6])
})

test('a silent server is given up, and the next one is asked', async () => {
  const silent = await startNameServer({ '*.example': 'silent' })
  const honest = await startNameServer({ '*.example': [PUBLIC] })
  whenDone(() => Promise.all([silent.stop(), honest.stop()]))
  const alone = createNameResolver({ servers: [silent.address], timeoutMs: 200 })
  await expect(alone('a.example')).rejects.toMatchObject({ code: 'ETIMEOUT' })
  const both = createNameResolver({ servers: [silent.address, honest.address], timeoutMs: 200 })
  expect(await both('a.example')).toEqual([PUBLIC])
})

const SILENT = { '*.silent.example': 'silent', 'honest.example': ['127.0.0.1'] } as const

test('many names that nobody answers delay no honest name, of jobs or of receivers', async () => {
  const target = await startHttp((_request, response) => response.end('honest'))
  const { resolve } = await resolverFor(SILENT, { timeoutMs: 1_000 })
  const policy = createTargetPolicy({ allow: [`honest.example:${target}`], resolve })
  const proxy = await startEgressProxy({ policy })
  whenDone(() => proxy.close())
  const fetch = createSafeFetch({ policy, timeoutMs: 9_000, maxBytes: 100 })
  const silent = Array.from({ length: 60 }, (_, index) => {
    const host = `n${index}.silent.example`
    if (index % 2 === 0) return ask(proxy.admit(`job ${index % 6}`, { owner: 'hostile' }).proxyUrl, `http://${host}/`)
    return fetch(`http://${host}/`, { requester: { owner: 'hostile', job: `delivery ${index}` } })
  })
  for (const each of silent) each.catch(() => undefined)
  const url = `http://honest.example:${target}/`
  expect(await lasts(ask(proxy.admit('honest', { owner: 'honest' }).proxyUrl, url))).toBeLessThan(1_000)
  expect(await lasts(fetch(url))).toBeLessThan(1_000)
  expect((await ask(proxy.admit('honest').proxyUrl, url)).body).toBe('honest')
  await Promise.allSettled(silent)
}, 30_000)

test('a job has four names resolved at once and an owner sixteen; others wait for none of them', async () => {
  const { server, resolve } = await resolverFor(SILENT, { timeoutMs: 400 })
  const names = new Set<string>()
  const seen = () => {
    for (const question of server.asked()) names.add(question)
    return [...names].filter((question) => question.startsWith('A ') && question.includes('silent')).length
  }
  const of = (owner: string, job: string, count: number) =>
    Array.from({ length: count }, (_, index) =>
      resolve(`${owner}-${job}-${index}.silent.example`, { owner, job }).catch(() => undefined),
    )
  const one = of('a', 'one', 10)
  expect(await resolve('honest.example', { owner: 'b', job: 'x' })).toEqual(['127.0.0.1'])
  expect(seen()).toBe(4)
  const more = ['two', 'three', 'four', 'five', 'six'].flatMap((job) => of('a', job, 10))
  expect(await resolve('honest.example', { owner: 'b', job: 'x' })).toEqual(['127.0.0.1'])
  expect(seen()).toBe(16)
  await Promise.all([...one, ...more])
  expect(seen()).toBe(60)
}, 30_000)

test('what a job asks for beyond measure is refused at once', async () => {
  const { resolve } = await resolverFor(SILENT, { timeoutMs: 50 })
  const asked = Array.from({ length: 200 }, (_, index) =>
    resolve(`${index}.silent.example`, { owner: 'a', job: 'one' }),
  )
  const ended = await Promise.allSettled(asked)
  const refused = ended.filter((each) => each.status === 'rejected' && each.reason.name === 'TooManyWaiting')
  expect(refused).toHaveLength(200 - 4 - 128)
}, 30_000)

test('a failure is the answer for a while, and then the name is asked for again', async () => {
  let there = false
  const { server, resolve } = await resolverFor({ 'late.example': () => (there ? [PUBLIC] : []) }, { failureMs: 300 })
  await expect(resolve('late.example')).rejects.toMatchObject({ code: 'ENOTFOUND' })
  const questions = server.asked().length
  there = true
  await expect(resolve('late.example')).rejects.toMatchObject({ code: 'ENOTFOUND' })
  expect(server.asked()).toHaveLength(questions)
  await new Promise((resolveLater) => setTimeout(resolveLater, 350))
  expect(await resolve('late.example')).toEqual([PUBLIC])
})

test('an address is never kept: each connection is checked by what the name says then', async () => {
  const answers = [[PUBLIC], ['127.0.0.1']]
  const { resolve } = await resolverFor({
    'moves.example': (type) => (type === 'AAAA' ? [] : (answers.shift() ?? ['127.0.0.1'])),
  })
  const policy = createTargetPolicy({ allow: [], resolve })
  expect(await policy.check('moves.example', 80)).toMatchObject({ allowed: true, address: PUBLIC })
  expect(await policy.check('moves.example', 80)).toEqual({ allowed: false })
})

test.each<[string, NameAnswer]>([
  ['an IPv6 address', [PUBLIC, '::1']],
  ['an IPv4 address', [PUBLIC, '10.0.0.1']],
  ['an IPv4 address inside IPv6', [PUBLIC, '64:ff9b::a00:1']],
])('a name is refused for %s that lies inside, beside a public one', async (_what, answer) => {
  const { resolve } = await resolverFor({ 'mixed.example': answer })
  expect(await createTargetPolicy({ allow: [], resolve }).check('mixed.example', 80)).toEqual({ allowed: false })
})

test('the hosts file is honoured, also when it changes, and nobody else is asked then', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hosts-'))
  whenDone(() => rm(folder, { recursive: true }))
  const hostsFile = join(folder, 'hosts')
  await writeFile(
    hostsFile,
    '# comment\n10.1.1.1 inside.example  Other.example # more\n::1 inside.example\nnot-an-address x\n',
  )
  const { server, resolve } = await resolverFor({ 'inside.example': [PUBLIC] }, { hostsFile })
  expect(await resolve('INSIDE.example')).toEqual(['10.1.1.1', '::1'])
  expect(await resolve('other.example')).toEqual(['10.1.1.1'])
  await expect(resolve('x')).rejects.toMatchObject({ code: 'ENOTFOUND' })
  expect(server.asked().join()).not.toContain('inside.example')
  await writeFile(hostsFile, '10.2.2.2 inside.example\n')
  await utimes(hostsFile, 1, 1)
  expect(await resolve('inside.example')).toEqual(['10.2.2.2'])
  await rm(hostsFile)
  expect(await resolve('inside.example')).toEqual([PUBLIC])
})

test('localhost and names below it are loopback, whatever a server says', async () => {
  const { resolve } = await resolverFor({ 'a.localhost': [PUBLIC], localhost: [PUBLIC] }, { hostsFile: '/nonexistent' })
  expect(await resolve('localhost')).toEqual(['127.0.0.1', '::1'])
  expect(await resolve('a.localhost')).toEqual(['127.0.0.1', '::1'])
})

test.each(['-', `${'a'.repeat(64)}.example`, `${'a.'.repeat(130)}example`, 'a..b'])(
  'a name that DNS cannot carry is one that is not found: %s',
  async (name) => {
    const { resolve } = await resolverFor({})
    await expect(createTargetPolicy({ allow: [], resolve }).check(name, 80)).rejects.toBeInstanceOf(HostNotFound)
  },
)

test('the setting takes addresses with and without ports', () => {
  expect(parseDnsServers(' 9.9.9.9, 127.0.0.1:5353,2620:fe::fe ,[2620:fe::fe]:54,[::1]')).toEqual([
    '9.9.9.9:53',
    '127.0.0.1:5353',
    '[2620:fe::fe]:53',
    '[2620:fe::fe]:54',
    '[::1]:53',
  ])
  expect(parseDnsServers('')).toEqual([])
})

test.each([
  'dns.example',
  '9.9.9.9:0',
  '9.9.9.9:65536',
  '9.9.9.9:',
  '[9.9.9.9]:53',
  '9.9.9',
  '::1:53:x',
  '9.9.9.9 1.1.1.1',
])('the setting refuses %s and says so', (text) => {
  expect(() => parseDnsServers(`9.9.9.9,${text}`)).toThrow(`EGRESS_DNS_SERVERS: "${text}" is not an IP address`)
})
