/**
 * What a job may say to the operator's provider of PO tokens: a closed form. The provider could also be given a proxy, an address to
 * leave from, and a script to run (its field `challenge`). Those are never a job's to say. It also reads the token out of the answer.
 */

/** Texts of the client of YouTube's that asks. Others are left out, such as the address of the job. */
const CLIENT_FIELDS = [
  'clientName',
  'clientVersion',
  'deviceMake',
  'deviceModel',
  'gl',
  'hl',
  'osName',
  'osVersion',
  'userAgent',
  'visitorData',
] as const

/** Of printing characters: a service may make headers of them. */
const FIELD = /^[\x20-\x7e]{0,1024}$/
/** Visitor data has some hundred characters. */
const BINDING = /^[\x21-\x7e]{1,2048}$/

export interface TokenQuestion {
  /** What the token is for: a session's visitor data, or the id of a video. Secret. */
  readonly content_binding: string
  readonly innertube_context: { readonly client: Readonly<Record<string, string>> }
}

/** Null: the text is not a question of this form. */
export function tokenQuestionOf(text: string): TokenQuestion | null {
  const { content_binding: binding, innertube_context: context } = fieldsOf(parsed(text))
  if (typeof binding !== 'string' || !BINDING.test(binding)) return null
  const client = fieldsOf(fieldsOf(context).client)
  const known = CLIENT_FIELDS.flatMap((name): [string, string][] => {
    const value = Object.hasOwn(client, name) ? client[name] : undefined
    return typeof value === 'string' && FIELD.test(value) ? [[name, value]] : []
  })
  return { content_binding: binding, innertube_context: { client: Object.fromEntries(known) } }
}

/**
 * Whether the token is for the visitor data of this one session. A service keeps tokens by what they are for, whoever asked and through
 * whichever exit. So it must make one for a video or an account anew (`bypass_cache`).
 */
export function isForVisitor({ content_binding: binding, innertube_context: { client } }: TokenQuestion): boolean {
  const plain = (text: string): string => text.replaceAll('%3D', '=')
  return client.visitorData !== undefined && plain(client.visitorData) === plain(binding)
}

/** Base64 in either alphabet. Its padding may be escaped, as in an address (`%3D`). */
const TOKEN = /^(?:[A-Za-z0-9_+/=-]|%3D){1,4096}$/

/** The token in a provider's answer; null where there is none. */
export function tokenIn(answer: string): string | null {
  const { poToken } = fieldsOf(parsed(answer))
  return typeof poToken === 'string' && TOKEN.test(poToken) ? poToken : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
