/** Settings are read once, and every problem is named at once. */
import { expect, test } from '@jest/globals'
import { Count, Flag, InvalidEnvironment, readEnvironment, Text } from '@video-scraper/boot'
import { Type } from 'typebox'

const Settings = Type.Object({
  PORT: Count('Where to listen.', 5501, { minimum: 1, maximum: 65_535 }),
  LIMIT: Count('0 for none.', 60),
  DEBUG: Flag('More words.', false),
  NAME: Text('A name.', 'nobody'),
  AUTH: Type.Enum(['none', 'api-key'], { default: 'none' }),
  SECRET: Type.String({ minLength: 3 }),
})

const problemsOf = (variables: NodeJS.ProcessEnv): string => {
  try {
    readEnvironment(Settings, variables)
    return 'none'
  } catch (error) {
    if (!(error instanceof InvalidEnvironment)) throw error
    return error.message
  }
}

test('defaults apply, and what the schema does not name is left out', () => {
  expect(readEnvironment(Settings, { SECRET: 'abc', PATH: '/bin' })).toEqual({
    PORT: 5501,
    LIMIT: 60,
    DEBUG: false,
    NAME: 'nobody',
    AUTH: 'none',
    SECRET: 'abc',
  })
})

test('values are read as what they should be', () => {
  const given = { SECRET: '12345', PORT: '80', LIMIT: '0', DEBUG: 'true', NAME: '7', AUTH: 'api-key' }
  expect(readEnvironment(Settings, given)).toEqual({ ...given, PORT: 80, LIMIT: 0, DEBUG: true })
})

test('an empty variable counts as absent', () => {
  expect(readEnvironment(Settings, { SECRET: 'abc', PORT: '', NAME: '', DEBUG: '' })).toMatchObject({
    PORT: 5501,
    NAME: 'nobody',
    DEBUG: false,
  })
  expect(problemsOf({ SECRET: '' })).toContain('SECRET')
})

test('every problem is named at once', () => {
  const problems = problemsOf({ PORT: '99999', LIMIT: 'many', DEBUG: 'perhaps', AUTH: 'maybe' })
  for (const name of ['PORT', 'LIMIT', 'DEBUG', 'AUTH', 'SECRET']) expect(problems).toContain(name)
  for (const name of ['NAME']) expect(problems).not.toContain(name)
})

test.each([
  ['PORT', '0'],
  ['PORT', '-1'],
  ['PORT', '80.5'],
  ['PORT', '0x50'],
  ['PORT', '8080 '],
  ['PORT', '80abc'],
  ['PORT', 'NaN'],
  ['LIMIT', '1e400'],
  ['LIMIT', 'true'],
  ['DEBUG', 'yes'],
  ['DEBUG', '2'],
  ['AUTH', 'NONE'],
])('%s=%s stops the start', (name, value) => {
  expect(problemsOf({ SECRET: 'abc', [name]: value })).toContain(name)
})

test('a problem does not repeat the value, which may be a secret', () => {
  expect(problemsOf({ SECRET: 'zq' })).not.toContain('zq')
})
