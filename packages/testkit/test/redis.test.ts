/** The disposable Redis. */
import { existsSync, realpathSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { expect, test } from '@jest/globals'
import { type DisposableRedis, eventually, isAlive, processesMentioning, startRedis } from '../src/index.ts'
import { answersPing } from '../src/redis-ping.ts'

test('it is private, keeps no snapshot, evicts nothing, and is gone after stop', async () => {
  const redis = await startRedis()
  try {
    const folder = realpathSync(`/proc/${redis.pid}/cwd`)
    expect(redis.url).toBe(`redis://127.0.0.1:${redis.port}`)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(await ask(redis, 'CONFIG GET maxmemory-policy')).toContain('noeviction')
    expect(await ask(redis, 'CONFIG GET save')).toBe('*2\r\n$4\r\nsave\r\n$0\r\n\r\n')
    expect(await ask(redis, 'CONFIG GET bind')).toContain('127.0.0.1')
    const { pid } = redis
    await redis.stop()
    await redis.stop()
    expect(isAlive(pid)).toBe(false)
    expect(existsSync(folder)).toBe(false)
    await eventually(() => processesMentioning(folder).length === 0)
  } finally {
    await redis.stop()
  }
})

test('with appendOnly a crash and a restart lose nothing, and the address stays', async () => {
  const redis = await startRedis({ appendOnly: true })
  try {
    const { url, pid } = redis
    expect(await ask(redis, 'SET kept yes')).toBe('+OK\r\n')
    await redis.kill9()
    expect(isAlive(pid)).toBe(false)
    await redis.restart()
    expect(redis.url).toBe(url)
    expect(redis.pid).not.toBe(pid)
    expect(await ask(redis, 'GET kept')).toBe('$3\r\nyes\r\n')
    await redis.restart()
    expect(await ask(redis, 'GET kept')).toBe('$3\r\nyes\r\n')
  } finally {
    await redis.stop()
  }
})

test('without appendOnly a restarted server is empty', async () => {
  const redis = await startRedis()
  try {
    await ask(redis, 'SET lost yes')
    await redis.restart()
    expect(await ask(redis, 'GET lost')).toBe('$-1\r\n')
  } finally {
    await redis.stop()
  }
})

test('a frozen server accepts and says nothing until it is thawed, and can be restarted and stopped frozen', async () => {
  const redis = await startRedis()
  try {
    redis.freeze()
    expect(await answersPing(redis)).toBe(false)
    expect(isAlive(redis.pid)).toBe(true)
    redis.thaw()
    await eventually(() => answersPing(redis))
    redis.freeze()
    await redis.restart()
    expect(await answersPing(redis)).toBe(true)
    redis.freeze()
  } finally {
    await redis.stop()
  }
  expect(isAlive(redis.pid)).toBe(false)
})

test('another server on the same port is not taken for ours', async () => {
  const redis = await startRedis()
  try {
    expect(await answersPing({ port: redis.port, pid: redis.pid })).toBe(true)
    expect(await answersPing({ port: redis.port, pid: process.pid })).toBe(false)
  } finally {
    await redis.stop()
  }
})

test('a server that cannot start says why, and leaves nothing', async () => {
  await expect(startRedis({ redisServer: '/bin/false' })).rejects.toThrow('Redis ended before it was ready.')
  await expect(startRedis({ redisServer: '/nowhere/redis' })).rejects.toThrow('ENOENT')
})

/** One inline command, and what came back for it. */
const ask = ({ port }: DisposableRedis, command: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect({ host: '127.0.0.1', port }, () => socket.write(`${command}\r\nQUIT\r\n`))
    socket.on('data', (bytes) => {
      answer += bytes.toString()
    })
    socket.on('end', () => resolve(answer.replace(/\+OK\r\n$/, '') || '+OK\r\n'))
    socket.on('error', reject)
  })
