/** PO tokens that do not come: the provider fails, a job asks too much, or a question is broken off. */
import type { ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { eventually, type TokenProviderManner } from '@video-scraper/testkit'
import { createTargetPolicy, createTokenProvider, startEgressProxy } from '../src/index.ts'
import { authorization, gone, startHttp, whenDone } from './servers.ts'
import { GET_POT, post, QUESTION, startScene } from './token-scene.ts'

test.each<[TokenProviderManner, number, string]>([
  ['never answers', 504, 'timeout'],
  ['html', 502, 'bad_response'],
  ['endless', 502, 'bad_response'],
  ['error', 502, 'bad_response'],
  ['redirects', 502, 'bad_response'],
])('a provider that %s: the job hears of it in time, and nothing of the answer', async (manner, status, reason) => {
  const { provider, proxy, lines } = await startScene(300)
  provider.behave(manner)
  const startedAt = Date.now()
  const reply = await post(proxy.admit('job').proxyUrl, QUESTION)
  expect([reply.status, reply.headers['x-egress']]).toEqual([status, reason])
  expect(Date.now() - startedAt).toBeLessThan(1_500)
  expect(lines).toEqual([{ jobId: 'job', reason, message: 'a job got no PO token' }])
  // What the sockets hold is sent; the rest of the gigabyte is not.
  expect(provider.sentBytes).toBeLessThan(50_000_000)
  expect(provider.asked).toHaveLength(1)
})

test('a provider that is not there is no fault of the job', async () => {
  const { provider, proxy } = await startScene()
  await provider.stop()
  const job = proxy.admit('job')
  const reply = await post(job.proxyUrl, QUESTION)
  expect([reply.status, reply.headers['x-egress']]).toEqual([502, 'unreachable'])
  expect(job.blocked()).toBe(false)
})

test('one job asks so often and no more', async () => {
  const { provider, proxy } = await startScene()
  const job = proxy.admit('job')
  const statuses: number[] = []
  for (let n = 0; n < 18; n += 1) statuses.push((await post(job.proxyUrl, QUESTION)).status)
  expect(statuses).toEqual([...Array(16).fill(200), 503, 503])
  expect(provider.asked).toHaveLength(16)
  expect((await post(proxy.admit('other').proxyUrl, QUESTION)).status).toBe(200)
})

test('the question of a job that ends is broken off, at the provider too', async () => {
  let asked = () => {}
  const reached = new Promise<void>((resolve) => {
    asked = resolve
  })
  let left = () => {}
  const leaving = new Promise<void>((resolve) => {
    left = resolve
  })
  const port = await startHttp((_request, response) => {
    asked()
    response.once('close', left)
  })
  const proxy = await startEgressProxy({
    policy: createTargetPolicy({ allow: [] }),
    tokens: createTokenProvider({ url: new URL(`http://127.0.0.1:${port}`), withinMs: 50_000 }),
  })
  whenDone(() => proxy.close())
  const job = proxy.admit('job')
  const { port: proxyPort } = new URL(job.proxyUrl)
  const socket = connect(Number(proxyPort), '127.0.0.1')
  const closed = gone(socket.resume())
  const body = JSON.stringify(QUESTION)
  socket.write(
    `POST ${GET_POT} HTTP/1.1\r\nHost: x\r\nProxy-Authorization: ${authorization(job.proxyUrl)}\r\nX-PO-Token: 1\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  )
  await reached
  job.revoke()
  await Promise.all([closed, leaving])
}, 5_000)

test('a question that does not end costs its connection, and the provider hears nothing', async () => {
  const { provider, proxy } = await startScene(200)
  const job = proxy.admit('job')
  const { port } = new URL(job.proxyUrl)
  const socket = connect(Number(port), '127.0.0.1')
  whenDone(() => socket.destroy())
  const closed = gone(socket.resume())
  const credentials = authorization(job.proxyUrl)
  socket.write(
    `POST ${GET_POT} HTTP/1.1\r\nHost: x\r\nProxy-Authorization: ${credentials}\r\nX-PO-Token: 1\r\nContent-Length: 100\r\n\r\n{"content`,
  )
  await closed
  expect(provider.asked).toEqual([])
})

test('of questions that one job sends at once the provider hears one, and none when the job has ended', async () => {
  const open = new Set<ServerResponse>()
  const port = await startHttp((_request, response) => {
    open.add(response)
    response.once('close', () => open.delete(response))
  })
  const proxy = await startEgressProxy({
    policy: createTargetPolicy({ allow: [] }),
    tokens: createTokenProvider({ url: new URL(`http://127.0.0.1:${port}`), withinMs: 50_000 }),
  })
  whenDone(() => proxy.close())
  const job = proxy.admit('job')
  const question = JSON.stringify(QUESTION)
  const head = `POST ${GET_POT} HTTP/1.1\r\nHost: x\r\nProxy-Authorization: ${authorization(job.proxyUrl)}\r\nX-PO-Token: 1\r\n`
  const socket = connect(Number(new URL(job.proxyUrl).port), '127.0.0.1')
  socket.on('error', () => undefined)
  const closed = gone(socket.resume())
  socket.write(`${head}Content-Length: ${question.length}\r\n\r\n${question}`.repeat(3))
  await eventually(async () => open.size > 0)
  // All three are there by now, as they came at once.
  await sleep(100)
  expect(open.size).toBe(1)
  // A second connection does not help.
  expect((await post(job.proxyUrl, QUESTION)).status).toBe(503)
  job.revoke()
  await closed
  await eventually(async () => open.size === 0)
}, 5_000)

test('a question behind another answer of its connection ends with its job as well', async () => {
  let asked = () => {}
  const reached = new Promise<void>((resolve) => {
    asked = resolve
  })
  let left = () => {}
  const leaving = new Promise<void>((resolve) => {
    left = resolve
  })
  const port = await startHttp((request, response) => {
    if (request.method === 'GET') return
    asked()
    response.once('close', left)
  })
  const proxy = await startEgressProxy({
    policy: createTargetPolicy({ allow: [`127.0.0.1:${port}`] }),
    tokens: createTokenProvider({ url: new URL(`http://127.0.0.1:${port}`), withinMs: 50_000 }),
  })
  whenDone(() => proxy.close())
  const job = proxy.admit('job')
  const question = JSON.stringify(QUESTION)
  const credentials = `Host: x\r\nProxy-Authorization: ${authorization(job.proxyUrl)}\r\n`
  const socket = connect(Number(new URL(job.proxyUrl).port), '127.0.0.1')
  socket.on('error', () => undefined).resume()
  socket.write(`GET http://127.0.0.1:${port}/slow HTTP/1.1\r\n${credentials}\r\n`)
  socket.write(
    `POST ${GET_POT} HTTP/1.1\r\n${credentials}X-PO-Token: 1\r\nContent-Length: ${question.length}\r\n\r\n${question}`,
  )
  await reached
  job.revoke()
  await leaving
}, 5_000)
