/** Cookie sets, which need the scope `cookies`. */
import type { OperationOptions } from '../calls.ts'
import type * as Api from '../generated/schemas.ts'
import { dataOf } from './call-methods.ts'
import { KeyMethods } from './key-methods.ts'

export class CookieMethods extends KeyMethods {
  /** `putCookies`: the text of a `cookies.txt`, or an array. They replace what lies under the name. */
  putCookies(
    name: string,
    cookies: string | readonly Api.JsonCookie[],
    options?: OperationOptions,
  ): Promise<Api.CookieSetReply> {
    return dataOf(this, 'putCookies', { path: { name }, body: cookies }, options)
  }

  /** `listCookies` */
  async listCookies(options?: OperationOptions): Promise<readonly Api.CookieSetReply[]> {
    return (await dataOf(this, 'listCookies', {}, options)).cookies
  }

  /** `getCookies` */
  getCookies(name: string, options?: OperationOptions): Promise<Api.CookieSetReply> {
    return dataOf(this, 'getCookies', { path: { name } }, options)
  }

  /** `deleteCookies` */
  async deleteCookies(name: string, options?: OperationOptions): Promise<void> {
    await dataOf(this, 'deleteCookies', { path: { name } }, options)
  }
}
