/** The examples of cookie sets in the OpenAPI document. */

const fresh = {
  name: 'my-account',
  domains: ['example.com'],
  count: 1,
  earliest_expiry: '2027-05-01T12:30:00.000Z',
  verdict: 'unknown',
  created_at: '2026-05-01T12:30:00.000Z',
  changed_at: '2026-05-01T12:30:00.000Z',
  last_used_at: null,
} as const

const used = { ...fresh, verdict: 'valid', last_used_at: '2026-05-02T08:00:00.000Z' } as const

export const cookieExamples = {
  json: [
    {
      domain: '.example.com',
      name: 'session',
      value: 'value-of-the-cookie',
      path: '/',
      expires: 4_102_444_800,
      secure: true,
      httpOnly: true,
    },
  ],
  fresh,
  used,
  list: { cookies: [used] },
} as const
