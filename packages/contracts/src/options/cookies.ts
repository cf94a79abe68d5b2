/** `cookies`: the session that the source is asked in. */
import { Type } from 'typebox'
import { COOKIE_SET_NAME } from '../cookies.ts'
import { defineOption } from './option.ts'

export const cookies = defineOption({
  schema: Type.String({
    pattern: COOKIE_SET_NAME,
    description:
      'The name of a cookie set of yours (`PUT /cookies/{name}`), whose cookies are sent to the site of the address. The set must hold cookies of that site. What is found out with cookies, and the files, answer no other request.',
    examples: ['my-account'],
  }),
  affects: 'extraction',
  since: 4,
  absent: null,
})
