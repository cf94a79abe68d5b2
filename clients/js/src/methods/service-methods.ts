/** What the service says of itself. */
import type { OperationOptions } from '../calls.ts'
import type * as Api from '../generated/schemas.ts'
import type { Query } from './arguments.ts'
import { CallMethods, dataOf } from './call-methods.ts'

export class ServiceMethods extends CallMethods {
  /** `getStatus` */
  getStatus(options?: OperationOptions): Promise<Api.ServiceStatus> {
    return dataOf(this, 'getStatus', {}, options)
  }

  /** `listPlatforms` */
  listPlatforms(query: Query<'listPlatforms'> = {}, options?: OperationOptions): Promise<readonly Api.Platform[]> {
    return dataOf(this, 'listPlatforms', { query }, options)
  }

  /** `getLiveness` */
  getLiveness(options?: OperationOptions): Promise<Api.HealthReply> {
    return dataOf(this, 'getLiveness', {}, options)
  }

  /** `getReadiness`: a `ServiceError` when the gateway cannot take jobs. */
  getReadiness(options?: OperationOptions): Promise<Api.HealthReply> {
    return dataOf(this, 'getReadiness', {}, options)
  }
}
