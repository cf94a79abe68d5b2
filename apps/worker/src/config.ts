/** The settings of the worker: one variable each, documented here and in `.env.example`. */
import { Count, Flag, logLevels, Text } from '@video-scraper/boot'
import { admissionSettings, storageSettings } from '@video-scraper/contracts'
import { type Static, Type } from 'typebox'
import { kindSettings } from './kind-settings.ts'

const GIB = 1024 ** 3

export const WorkerSettings = Type.Object({
  REDIS_URL: Type.String({
    description: '`redis://`, `rediss://` or the path of a Unix socket.',
    pattern: '^(rediss?://|/).+',
  }),
  REDIS_PASSWORD_FILE: Text('File that holds the password of Redis, where REDIS_URL names none.'),
  DATA_DIR: Text('Folder of the library and the work folders; the same for gateways and workers.', './data'),
  PYTHON: Type.String({ description: 'Real path of the Python interpreter (3.11 to 3.14).', minLength: 1 }),
  YTDLP_HOME: Type.String({ description: 'Folder that holds the Python package yt_dlp.', minLength: 1 }),
  YTDLP_CHANNEL: Type.Enum(['pinned', 'stable', 'nightly'], {
    description:
      'pinned: yt-dlp is the version of this release. stable, nightly: newer ones are looked for, tried on a share of the jobs, and used.',
    default: 'pinned',
  }),
  YTDLP_INDEX_URL: Text('An index of Python packages for newer versions of yt-dlp. Empty: the public one.'),
  YTDLP_UPDATES_DIR: Text(
    'Folder of newer versions of yt-dlp; workers of one kind may share it. Nobody but them may write there. Empty: `yt-dlp` in DATA_DIR.',
  ),
  FFMPEG: Type.String({ description: 'Path of ffmpeg.', minLength: 1 }),
  FFPROBE: Type.String({ description: 'Path of ffprobe.', minLength: 1 }),
  ...kindSettings,
  WORKER_WARM: Flag(
    'Keep yt-dlp ready between jobs; without it every job starts its own, which takes most of a second.',
    true,
  ),
  WORKER_WARM_CHILDREN: Count('Processes that wait for a job, about 25 MB each; 0 to start one when a job comes.', 2, {
    maximum: 64,
  }),
  WORKER_WARM_IDLE_SECONDS: Count('How long each of them waits before it gives its memory back.', 300, {
    minimum: 1,
    maximum: 86_400,
  }),
  INFO_CACHE_SECONDS: Count(
    'How long what was found out about an address answers the next who ask; 0 to ask each time.',
    300,
    {
      maximum: 86_400,
    },
  ),
  REUSE_FILES: Flag('Answer a download with the file that its owner has already, where it is the same.', true),
  ...storageSettings,
  ...admissionSettings,
  PLAYLIST_JOBS_AT_ONCE: Count(
    'Unfinished jobs of one playlist; the next one is made when one of them has ended.',
    20,
    {
      minimum: 1,
      maximum: 1000,
    },
  ),
  MAX_KEPT_JOBS_PER_CLIENT: Count(
    'Ended jobs per queue and client whose records are kept, at most a tenth of MAX_KEPT_JOBS; 0 for no such limit. Of playlists 50 at most.',
    1000,
  ),
  WORK_RETENTION_HOURS: Count('How long the partial files of an unfinished job are kept. 0 for ever.', 6),
  MAX_FILE_BYTES: Count('The largest file, in bytes; 0 for no limit.', 10 * GIB),
  LIBRARY_MAX_BYTES: Count('All files together, in bytes; beyond it the oldest go. 0 for no limit.', 0),
  DISK_RESERVE_BYTES: Count('What is left free on the disk of DATA_DIR, in bytes; 0 to use it up.', GIB),
  OWNER_MAX_BYTES: Count('The files of one owner together, in bytes; more is refused. 0 for no limit.', 0),
  WAIT_FOR_START_DAYS: Count(
    'How many days after its request a job may wait for the start of its stream (`wait_for_start`); 0: no job waits.',
    7,
    { maximum: 366 },
  ),
  STALL_SECONDS: Count('How long a download may send nothing; 0 for ever.', 60),
  JOB_CPU_SECONDS: Count(
    'Processor time of one attempt of a download, all of its processes together; 0 for no limit.',
    900,
  ),
  TRANSCODE_CPU_SECONDS: Count(
    'Processor time of encoding one video again (`transcode`), and half of the time that it may take; what would take more than three times as much is not begun. 0 for no limit.',
    3600,
  ),
  TRANSCODE_CONCURRENCY: Count(
    'Videos that one worker encodes again at once (`transcode`); downloads that may be encoded take one slot more than that at most, and leave one to the others. 0: nothing is encoded again.',
    1,
    { maximum: 64 },
  ),
  INFO_CPU_SECONDS: Count('Processor time of one attempt of an info job; 0 for no limit.', 30),
  JOB_MEMORY_BYTES: Count('Memory of one job, all of its processes together, in bytes; 0 for no limit.', GIB),
  SANDBOX: Type.Enum(['required', 'best-effort'], {
    description:
      'required: the worker does not start where the kernel cannot keep jobs in their whole sandbox. best-effort: jobs run with as much of it as there is.',
    default: 'required',
  }),
  JOB_USERS_FROM: Count(
    'The first of the 16,384 numbers of users that jobs may get, one each, where the worker has the privileges; 0: jobs share its user.',
    40_000,
    { maximum: 2_000_000_000 },
  ),
  EGRESS_ALLOW: Text('Exceptions from the rule that only public addresses are fetched: `host:port`, comma-separated.'),
  EGRESS_PORTS: Text('The ports that are fetched from, comma-separated.', '80,443,8080,8443'),
  EGRESS_DNS_SERVERS: Text(
    'The DNS servers that are asked for the names of sources and receivers: addresses, each with an optional port, comma-separated. Empty: those of the system.',
  ),
  EGRESS_UPSTREAM_PROXY: Text('A proxy through which all fetching goes: `http://[user:password@]host:port`.'),
  EGRESS_EXITS_FILE: Text(
    'A file (JSON) of proxies for sites and for countries, and of rates for sites; read again when it changes. Empty: none.',
  ),
  SITE_REST_AFTER: Count(
    'A site that has answered so many jobs within ten minutes with a bot check is left alone for a while; 0: never.',
    10,
    { maximum: 1000 },
  ),
  SITE_REST_MINUTES: Count('How long a site is left alone then.', 30, { minimum: 1, maximum: 1440 }),
  EGRESS_LEGACY_TLS: Flag(
    'Take sources that speak TLS 1.0 or 1.1, have short keys, or renegotiate as before RFC 5746. Whoever listens on the way can do more with such a connection.',
    false,
  ),
  EXTRACTOR_ARGUMENTS_FILE: Text(
    'A file (JSON) of arguments for yt-dlp’s extractors, such as YouTube’s clients; read again when it changes. Empty: none.',
  ),
  POT_PROVIDER_URL: Text(
    'A service that makes PO tokens for YouTube and speaks the protocol of bgutil-ytdlp-pot-provider: `http://host:port`. Empty: none, and no token is asked for.',
  ),
  WEBHOOK_RETRY_WAITS: Type.String({
    description:
      'Seconds between the attempts to deliver a webhook, growing, comma-separated; one attempt more than waits.',
    default: '5,30,120,600,1800,3600,7200,14400',
    pattern: '^\\d{1,5}(,\\d{1,5}){0,29}$',
  }),
  WEBHOOK_CONCURRENCY: Count('Deliveries of webhooks at once.', 16, { minimum: 1, maximum: 256 }),
  SECRET_KEYS: Text('As for the gateway: the secrets of webhooks are derived from them.'),
  BASE_PATH: Type.String({
    description: 'As for the gateway: webhooks give out the same URLs.',
    default: '',
    pattern: '^$|^(/[A-Za-z0-9._~-]+)+$',
  }),
  METRICS_HOST: Text('Address on which the metrics are served. Nobody is asked for a key there.', 'localhost'),
  WORKER_METRICS_PORT: Count(
    'Port of the metrics of the worker, `GET /metrics` for Prometheus; 0: none are taken.',
    0,
    {
      maximum: 65_535,
    },
  ),
  LOG_LEVEL: Type.Enum([...logLevels], { description: 'Lines below this level are not written.', default: 'info' }),
})
export type WorkerSettings = Static<typeof WorkerSettings>
