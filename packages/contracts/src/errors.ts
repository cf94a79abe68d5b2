/** Why a request is refused: the one table of codes, with the status each is answered with. */

/**
 * Every code that an error of the API can carry. The sentence is the default one; a route may say something more exact.
 * `retryable` tells a client that the same request may work later.
 */
export const requestErrors = {
  invalid_request: { status: 400, retryable: false, message: 'The request is not valid.' },
  invalid_url: {
    status: 400,
    retryable: false,
    message: 'The url must be an absolute http or https address of at most 4096 characters, without credentials.',
  },
  unknown_cookies: {
    status: 400,
    retryable: false,
    message: 'There is no cookie set of yours with this name. Store one with PUT /cookies/{name} first.',
  },
  cookies_of_other_site: {
    status: 400,
    retryable: false,
    message:
      'The cookie set holds no cookies of the site of this address. Name another set, or give the address on that site.',
  },
  unknown_country: {
    status: 400,
    retryable: false,
    message: 'This service has no exit in this country. Send the request without country, or name another.',
  },
  unauthorized: {
    status: 401,
    retryable: false,
    message: 'This needs an API key: send it as Authorization: Bearer KEY, or as X-API-Key: KEY.',
  },
  insufficient_scope: { status: 403, retryable: false, message: 'The API key lacks the scope that this needs.' },
  address_not_allowed: {
    status: 403,
    retryable: false,
    message: 'The API key may not be used from this address.',
  },
  link_invalid: {
    status: 403,
    retryable: false,
    message: 'The signature of this link is not valid. Ask for a new link.',
  },
  link_expired: { status: 403, retryable: false, message: 'This link has expired. Ask for a new link.' },
  not_found: { status: 404, retryable: false, message: 'There is nothing here.' },
  file_expired: {
    status: 404,
    retryable: false,
    message: 'The file has been removed: its time was over, or its owner removed it. Start a new download.',
  },
  method_not_allowed: { status: 405, retryable: false, message: 'This method is not allowed here; see Allow.' },
  not_acceptable: {
    status: 406,
    retryable: false,
    message: 'Nothing that Accept allows can be had here. Ask for JSON, plain text, SubRip or WebVTT, or say format.',
  },
  request_timeout: { status: 408, retryable: true, message: 'The request took too long to arrive.' },
  job_already_finished: { status: 409, retryable: false, message: 'The job has already finished.' },
  job_being_published: {
    status: 409,
    retryable: false,
    message:
      'It is too late to cancel: the result of the job is being published. Wait until the job has ended; a file can then be deleted.',
  },
  job_not_finished: {
    status: 409,
    retryable: true,
    message: 'The job has not ended yet. Only a failed or cancelled job can be retried.',
  },
  too_many_webhooks: { status: 409, retryable: false, message: 'There are 20 webhooks already. Delete one first.' },
  too_many_cookie_sets: {
    status: 409,
    retryable: false,
    message: 'There are 20 cookie sets already. Delete one first.',
  },
  webhook_not_active: {
    status: 409,
    retryable: false,
    message: 'The webhook is not active. Set its status to active first.',
  },
  key_revoked: {
    status: 409,
    retryable: false,
    message: 'The API key has been revoked, which is for ever. Create another one.',
  },
  request_in_progress: {
    status: 409,
    retryable: true,
    message: 'A request with this Idempotency-Key is being answered at this moment. Repeat it as Retry-After says.',
  },
  precondition_failed: {
    status: 412,
    retryable: false,
    message: 'A condition of the request, such as If-Match, does not hold.',
  },
  payload_too_large: { status: 413, retryable: false, message: 'The request body is too large.' },
  unsupported_media_type: {
    status: 415,
    retryable: false,
    message: 'Send the body as JSON, with the header Content-Type: application/json.',
  },
  range_not_satisfiable: {
    status: 416,
    retryable: false,
    message: 'The requested range lies outside the file; see Content-Range for its size.',
  },
  host_not_allowed: {
    status: 421,
    retryable: false,
    message:
      'This service does not answer under the host name of this request. Use localhost, or let whoever runs the service add the name to ALLOWED_HOSTS.',
  },
  idempotency_key_reused: {
    status: 422,
    retryable: false,
    message: 'This Idempotency-Key was used for another request in the last 24 hours. Take a new one.',
  },
  too_many_requests: { status: 429, retryable: true, message: 'Too many requests. Wait as Retry-After says.' },
  too_many_downloads: {
    status: 429,
    retryable: true,
    message: 'Too many unfinished downloads. Wait until one has finished, or cancel one.',
  },
  too_many_waiting_jobs: {
    status: 429,
    retryable: true,
    message: 'Too many of your jobs are waiting. Wait until some have started, or cancel some.',
  },
  too_many_failed_authentications: {
    status: 429,
    retryable: true,
    message: 'Too many requests from this address had no valid key. Wait as Retry-After says.',
  },
  too_many_streams: {
    status: 429,
    retryable: true,
    message: 'Too many open event streams. Close one, or ask for the status instead.',
  },
  headers_too_large: { status: 431, retryable: false, message: 'The request headers are too large.' },
  internal_error: { status: 500, retryable: true, message: 'Something went wrong on our side.' },
  service_unavailable: {
    status: 503,
    retryable: true,
    message: 'The service cannot reach its queue at the moment. Try again shortly.',
  },
  queue_full: { status: 503, retryable: true, message: 'Too many jobs are waiting. Try again later.' },
} as const satisfies Record<string, { status: number; retryable: boolean; message: string }>

export type RequestErrorCode = keyof typeof requestErrors
