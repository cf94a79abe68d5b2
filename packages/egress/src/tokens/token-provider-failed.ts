/** Each way in which the provider of PO tokens fails; a refusal of the proxy has the same name. */
export class TokenProviderFailed extends Error {
  override readonly name = 'TokenProviderFailed'
  readonly reason: 'unreachable' | 'timeout' | 'bad_response' | 'too_many'

  constructor(reason: TokenProviderFailed['reason'], options?: ErrorOptions) {
    super(`The provider of PO tokens failed (${reason}).`, options)
    this.reason = reason
  }
}
