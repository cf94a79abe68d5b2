/** API keys, which need the scope `admin`. */
import type { OperationOptions } from '../calls.ts'
import type * as Api from '../generated/schemas.ts'
import { eachItem, type Page } from '../pages.ts'
import type { Query } from './arguments.ts'
import { dataOf } from './call-methods.ts'
import { ServiceMethods } from './service-methods.ts'

export class KeyMethods extends ServiceMethods {
  /** `createKey`: the key itself is in this answer alone. */
  createKey(body: Api.CreateKeyBody, options?: OperationOptions): Promise<Api.IssuedKey> {
    return dataOf(this, 'createKey', { body }, options)
  }

  /** `listKeys`: one page. */
  async listKeys(query: Query<'listKeys'> = {}, options?: OperationOptions): Promise<Page<Api.ApiKey>> {
    const { keys, next_cursor } = await dataOf(this, 'listKeys', { query }, options)
    return { items: keys, nextCursor: next_cursor }
  }

  /** All keys, newest first. */
  keys(query: Query<'listKeys'> = {}, options?: OperationOptions): AsyncGenerator<Api.ApiKey, void, undefined> {
    return eachItem((cursor) => this.listKeys({ ...query, ...(cursor && { cursor }) }, options))
  }

  /** `getKey` */
  getKey(id: string, options?: OperationOptions): Promise<Api.ApiKey> {
    return dataOf(this, 'getKey', { path: { key_id: id } }, options)
  }

  /** `updateKey` */
  updateKey(id: string, body: Api.UpdateKeyBody, options?: OperationOptions): Promise<Api.ApiKey> {
    return dataOf(this, 'updateKey', { path: { key_id: id }, body }, options)
  }

  /** `revokeKey`: for ever. */
  revokeKey(id: string, options?: OperationOptions): Promise<Api.ApiKey> {
    return dataOf(this, 'revokeKey', { path: { key_id: id } }, options)
  }

  /** `rotateKey`: the new secret is in this answer alone. */
  rotateKey(id: string, query: Query<'rotateKey'> = {}, options?: OperationOptions): Promise<Api.IssuedKey> {
    return dataOf(this, 'rotateKey', { path: { key_id: id }, query }, options)
  }
}
