/** A reverse proxy that nobody named is reported once, with the setting that names it. */
import { expect, test } from '@jest/globals'
import { type Gateway, useApi } from './api-rig.ts'

const rig = useApi()
const ask = ({ app }: Gateway, remoteAddress: string, forwarded?: string) =>
  app.inject({
    url: '/api/status',
    remoteAddress,
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  })
const warnings = ({ log }: Gateway) => log.filter(({ setting }) => setting === 'TRUST_PROXY')

test.each([[[]], [['10.0.0.0/8', '2001:db8::/32']]])(
  'with TRUST_PROXY=%p a stranger is reported once',
  async (trustedProxies) => {
    const gateway = await rig.gateway({ trustedProxies })
    await ask(gateway, '203.0.113.5')
    expect(warnings(gateway)).toEqual([])
    for (let count = 0; count < 3; count += 1) await ask(gateway, '203.0.113.5', '192.0.2.1')
    await ask(gateway, '203.0.113.6', '192.0.2.1')
    expect(warnings(gateway)).toMatchObject([
      { level: 'warn', peer: '203.0.113.5', msg: expect.stringContaining('set TRUST_PROXY=203.0.113.5.') },
    ])
  },
)

test('a trusted proxy, by address, by CIDR, or IPv6, is nothing to tell of', async () => {
  const gateway = await rig.gateway({ trustedProxies: ['10.0.0.0/8', '192.0.2.9', '2001:db8::/32'] })
  for (const peer of ['10.1.2.3', '192.0.2.9', '2001:db8::1', '::ffff:10.1.2.3'])
    await ask(gateway, peer, '198.51.100.1')
  expect(warnings(gateway)).toEqual([])
})
