/** The settings of the gateway: one variable each, documented here and in `.env.example`. */
import { Count, Flag, logLevels, Text } from '@video-scraper/boot'
import { admissionSettings, storageSettings } from '@video-scraper/contracts'
import { storageContradictionIn } from '@video-scraper/library'
import { type Static, Type } from 'typebox'
import { parseAllowedHosts } from './http/known-hosts.ts'

export const ApiSettings = Type.Object({
  HOST: Text('Address to listen on. `localhost` is loopback in both families.', 'localhost'),
  PORT: Count('Port to listen on; 0 takes a free one.', 5501, { maximum: 65_535 }),
  REDIS_URL: Type.String({
    description: '`redis://`, `rediss://` or the path of a Unix socket.',
    pattern: '^(rediss?://|/).+',
  }),
  REDIS_PASSWORD_FILE: Text('File that holds the password of Redis, where REDIS_URL names none.'),
  DATA_DIR: Text('Folder of the library; the same for gateways and workers.', './data'),
  ...storageSettings,
  S3_DELIVERY: Type.Enum(['redirect', 'stream'], {
    description: 'With S3: send clients to the store by a link that lapses, or pass the bytes through the gateway.',
    default: 'stream',
  }),
  AUTH: Type.Enum(['none', 'api-key'], {
    description: '`api-key`: everything but status, documentation and health needs a key.',
    default: 'none',
  }),
  ALLOW_ANONYMOUS: Flag('With AUTH=none: listen beyond loopback although nobody has to prove who they are.', false),
  ANONYMOUS_COOKIES: Flag(
    'With AUTH=none: keep cookie sets. Everybody who reaches the gateway is one owner, and may use and replace them. With AUTH=api-key they are kept in any case, each for its key alone.',
    false,
  ),
  MAX_FAILED_AUTHENTICATIONS: Count(
    'Requests with a key that is not good, per minute and address; 0 for no limit.',
    20,
  ),
  RATE_LIMIT_PER_MINUTE: Count(
    'POST /info, /download, retry and what makes webhooks send, together, per client; 0 for no limit.',
    60,
  ),
  MAX_REQUESTS_PER_MINUTE: Count(
    'Requests of any kind, per minute and client, on one gateway; a list counts ten times, a health check never. 0 for no limit.',
    6000,
  ),
  MAX_REFUSED_REQUESTS: Count(
    'Requests for jobs that were refused, per minute and client, on one gateway; they use up no jobs. 0 for no limit.',
    300,
  ),
  ...admissionSettings,
  MAX_STREAMS_PER_CLIENT: Count(
    'Event streams and waiting requests per client that one gateway keeps open; 0 for no limit.',
    100,
  ),
  MAX_CONNECTIONS_PER_ADDRESS: Count(
    'Connections of one address (an IPv6 /64 is one) on one gateway, which has 2000 in all; 0 for no limit. Not for TRUST_PROXY, nor for the address from which Docker passes connections on.',
    1000,
  ),
  SECRET_KEYS: Text(
    'Keys that sign links: `id:base64,…` of 32 bytes or more, the first signs. Empty: made in DATA_DIR.',
  ),
  X_ACCEL_LOCATION: Type.String({
    description: 'The internal location of nginx that holds the library; empty: the gateway sends the files itself.',
    default: '',
    pattern: '^$|^(/[A-Za-z0-9._~-]+)+/?$',
  }),
  TRUST_PROXY: Text('Addresses or CIDRs of reverse proxies whose X-Forwarded-For is believed, comma-separated.'),
  ALLOWED_HOSTS: Text(
    'Host names under which clients reach a gateway with AUTH=none, comma-separated, beside localhost, loopback addresses and the host of PUBLIC_URL; `*` for all. Others are 421. Beyond loopback nothing is refused while it is empty.',
  ),
  CORS_ORIGINS: Text('Origins whose pages may read answers, comma-separated; `*` for all. Empty: none but the own.'),
  BASE_PATH: Type.String({
    description: 'Put in front of every route and every URL that is given out.',
    default: '',
    pattern: '^$|^(/[A-Za-z0-9._~-]+)+$',
  }),
  PUBLIC_URL: Type.String({
    description:
      'Scheme and host under which clients reach the gateway. `Location`, `Link`, links to files and to events, and the server of the OpenAPI document are absolute with it, and its host is a known one (ALLOWED_HOSTS).',
    default: '',
    pattern: '^$|^https?://[^/?#]+$',
  }),
  METRICS_HOST: Text('Address on which the metrics are served. Nobody is asked for a key there.', 'localhost'),
  METRICS_PORT: Count('Port of the metrics of the gateway, `GET /metrics` for Prometheus; 0: none are taken.', 0, {
    maximum: 65_535,
  }),
  LOG_LEVEL: Type.Enum([...logLevels], { description: 'Lines below this level are not written.', default: 'info' }),
})
export type ApiSettings = Static<typeof ApiSettings>

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/

/** What a single variable cannot say. Returns a sentence, or null when all is well. */
export function contradictionIn(settings: ApiSettings): string | null {
  const { HOST, AUTH, ALLOW_ANONYMOUS } = settings
  const storageProblem = storageContradictionIn(settings)
  if (storageProblem !== null) return storageProblem
  if (settings.X_ACCEL_LOCATION !== '' && settings.S3_BUCKET !== '') {
    return 'X_ACCEL_LOCATION and S3_BUCKET exclude each other: nginx cannot send files that lie in a bucket. Set one of them.'
  }
  if (AUTH === 'api-key' || ALLOW_ANONYMOUS || LOOPBACK.test(HOST)) return null
  return (
    `HOST=${HOST} is reachable from other machines and nobody has to prove who they are. ` +
    'Set AUTH=api-key, or ALLOW_ANONYMOUS=true if something in front of the gateway takes care of that, or HOST=localhost.'
  )
}

/**
 * Which host names are taken beside the own ones; null: any. A key protects better than a name. A gateway that other
 * machines reach has names that nobody has listed, unless `ALLOWED_HOSTS` says that it has not.
 */
export function allowedHostsOf({ AUTH, HOST, ALLOWED_HOSTS }: ApiSettings): string[] | null {
  const allowed = parseAllowedHosts(ALLOWED_HOSTS)
  return AUTH === 'none' && (LOOPBACK.test(HOST) || allowed.length > 0) ? allowed : null
}
