/** Proves that every rule of the Lua scripts can fail: each text breaks one of them, and nothing else is said of it. */
import { UserFacingError } from '../runtime/say.mjs'
import { brokenRules } from './lua/rules.mjs'

const WHOLE = `--[[
Sets a value.

Keys:
  1 place
Arguments:
  1 value
Answer: what Redis says.
Guarantee: none.
Includes: clock
]]
local place, value = KEYS[1], ARGV[1]
return redis.call('SET', place, value .. now())
`
const CLOCK = `--[[
The clock.

Provides: now
]]
local function now() return redis.call('TIME')[1] end
`

/** For each rule: what is done to one of the two texts, and what must be said. */
const breaks = {
  'a header': [(text) => text.slice(text.indexOf(']]') + 3), CLOCK, /does not begin with a header/],
  'what it is for': [(text) => text.replace('Sets a value.\n', ''), CLOCK, /lacks: a sentence/],
  'its keys': [
    (text) => text.replace('Keys:\n  1 place\n', ''),
    CLOCK,
    /lacks: Keys[\s\S]*KEYS\[1\] is read and not listed/,
  ],
  'its guarantee': [(text) => text.replace('Guarantee: none.\n', ''), CLOCK, /lacks: Guarantee/],
  'a listed key is read': [
    (text) => text.replace('1 place', '1 place\n  2 other'),
    CLOCK,
    /KEYS\[2\] is listed in the header and not read/,
  ],
  'an argument is listed': [
    (text) => text.replace('ARGV[1]', 'ARGV[1] .. ARGV[2]'),
    CLOCK,
    /ARGV\[2\] is read and not listed/,
  ],
  'names are declared': [
    (text) => text.replace('value ..', 'valeu ..'),
    CLOCK,
    /valeu is not declared[\s\S]*value is not used/,
  ],
  'nothing is global': [(text) => text.replace('local place', 'place'), CLOCK, /place is not declared/],
  'names are used': [(text) => text.replace('local place', 'local idle = 1\nlocal place'), CLOCK, /idle is not used/],
  'names inside of functions are used': [
    (text) => text.replace('local place', 'local function f(a) return 1 end f()\nlocal place'),
    CLOCK,
    /a is not used/,
  ],
  'it is Lua': [(text) => `${text}end`, CLOCK, /it is not Lua/],
  'includes are there': [
    (text) => text.replace('Includes: clock', 'Includes: watch'),
    CLOCK,
    /nothing to include that is called watch/,
  ],
  'includes are used': [
    (text) => text.replace(' .. now()', ''),
    CLOCK,
    /it uses nothing of clock[\s\S]*nothing uses now/,
  ],
  'includes keep their word': [
    (text) => text,
    CLOCK.replace('Provides: now', 'Provides: now, never'),
    /it does not provide never/,
  ],
  'nothing is hidden': [
    (text) => text.replace('local place', 'local now = tostring\nlocal place'),
    CLOCK,
    /now hides what clock provides/,
  ],
}

/** Throws an `UserFacingError` for a rule that did not fail, and for a rule that failed where nothing was broken. */
export async function checkPlantedLua() {
  const said = (text, clock, sources = [`script('set')`]) =>
    brokenRules(
      new Map([
        ['set', text],
        ['clock', clock],
      ]),
      sources,
    ).join('\n')
  const wrong = Object.entries(breaks)
    .map(([rule, [change, clock, expected]]) => [rule, said(change(WHOLE), clock), expected])
    .filter(([, problems, expected]) => !expected.test(problems))
    .map(([rule, problems]) => `"${rule}" did not fail as it should: ${problems || 'nothing was said'}`)
  const whole = said(WHOLE, CLOCK)
  if (whole !== '') wrong.push(`what is whole was refused: ${whole}`)
  if (!said(WHOLE, CLOCK, []).includes('nothing runs it')) wrong.push('"scripts are run" did not fail')
  if (wrong.length > 0) throw new UserFacingError(wrong.join('\n'))
}
