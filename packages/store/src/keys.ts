/**
 * The one table of our own keys in Redis: who writes each, and how long it lives. BullMQ's keys stand beside them under
 * the same hash tag, so that in a cluster all of them share a slot and one script may touch several.
 */

/** The hash tag; also BullMQ's `prefix`. */
export const KEY_PREFIX = '{video-scraper}'

const key = (name: string) => `${KEY_PREFIX}:${name}`

export const keys = {
  /** Sorted set of unfinished download ids by time of reservation. Gateway adds; whoever ends the job removes. */
  slots: (limitSubject: string) => key(`places:${limitSubject}`),
  /** Sorted set of a client's unfinished job ids by time of reservation, per queue. As above; gone with the records. */
  unfinished: (queue: string, limitSubject: string) => key(`unfinished:${queue}:${limitSubject}`),
  /** Sorted set of a client's ended job ids by time, per queue: those whose records are kept. Worker; gone with them. */
  keptJobs: (queue: string, limitSubject: string) => key(`kept:${queue}:${limitSubject}`),
  /** Hash of a queue: `last` start and `mean` time between two starts, in milliseconds. Worker. */
  serviceRate: (queue: string) => key(`pace:${queue}`),
  /** Failed authentications of an address; lives one window from the first of them. Gateway. */
  failedAuthentications: (subject: string) => key(`auth-failures:${subject}`),
  /** Sorted set of the ids of jobs with `expires_in`, by the time at which they expire. Gateway, at admission; the worker that ends the job removes, or whoever finds that its time is over. */
  deadlines: key('deadlines'),
  /** Sorted set of the ids of jobs that have ended early, or whose time is over, and that BullMQ has not ended, by when somebody looks at them next. Gateways and workers; the worker that ends the job removes, or whoever finds that it has ended. */
  overdue: key('overdue'),
  /** Sorted set of an owner's job ids by time of creation. Gateway; trimmed to the records' lifetime at each addition, and of what its owner removes. */
  jobs: (owner: string) => key(`jobs:${owner}`),
  /** Hash: what a list holds and how its entries ended. The worker of the playlist; a client that removes a job of an entry. Thirty days, or as long as records, from the last step of the playlist on; once it has ended as long as its record. */
  entries: (playlistId: string) => key(`entries:${playlistId}`),
  /** Set of the numbers of the entries whose job has not been seen to end. As above. */
  openEntries: (playlistId: string) => key(`open-entries:${playlistId}`),
  /** Sorted set, client to its last fair tag, per queue. Gateway; the worker drops what the clock has passed. */
  fairTags: (queue: string) => key(`fair:${queue}:tags`),
  /** The virtual time of a queue: the tag last started. Worker. */
  fairClock: (queue: string) => key(`fair:${queue}:clock`),
  /** By how much all tags of a queue have been moved down so far. Gateway. */
  fairLowerings: (queue: string) => key(`fair:${queue}:lowerings`),
  /** JSON of one published file. Worker publishes; maintenance removes it with the file. */
  file: (filename: string) => key(`file:${filename}`),
  /** Sorted set of the names of an owner's first media files by time of publication. As above. */
  files: (owner: string) => key(`files:${owner}`),
  /** Sorted set of the names of an owner's other files, such as subtitles, by time of publication. As above. */
  otherFiles: (owner: string) => key(`other-files:${owner}`),
  /** Sorted set of all file names by time of expiry. As above. */
  fileExpiry: key('file-expiry'),
  /** Name of the file that answers a job request, by the digest of owner and wanted. Worker, with the index; gone with the file. */
  answer: (digest: string) => key(`answer:${digest}`),
  /** Present while an answer that lay at a direct link needs no look at its source. Worker; expires by itself. */
  answerChecked: (digest: string) => key(`answer-checked:${digest}`),
  /** What was found out about an address lately, by its digest. Worker; expires by itself. */
  extraction: (digest: string) => key(`extraction:${digest}`),
  /** Sorted set of these keys by time, so that there are never too many. Worker. */
  extractions: key('extractions'),
  /** Sorted set of all file names by time of publication. As above. */
  fileAges: key('file-ages'),
  /** Bytes of an owner's files. As above. */
  storedBytes: (owner: string) => key(`stored-bytes:${owner}`),
  /** Bytes of all files. As above. */
  storedBytesInAll: key('stored-bytes'),
  /** Hash, job to what it may add to its owner's files. Workers; a minute after the last of them renewed it. */
  ownerClaims: (owner: string) => key(`claims:owner:${owner}`),
  /** Hash, job to what it will still take of a disk. As above. */
  diskClaims: (disk: string) => key(`claims:disk:${disk}`),
  /** Present while some worker lives: written every 5 s, gone after 15 s. */
  workerHeartbeat: key('worker-heartbeat'),
  /** JSON of the platforms that the workers' yt-dlp supports. Written by each worker when it starts, and where it is missing. */
  platforms: key('platforms'),
  /** JSON of what a worker found out about its yt-dlp when it started; gone 90 s after the last worker. */
  engineCheck: key('engine-check'),
  /** Written while Redis does not work, to see when it works again. Gateway and worker; lives one second. */
  outageProbe: key('outage-probe'),
  /** Held by the worker that did the `round` or the `sweep`, until the next one is due. */
  maintenance: (work: string) => key(`maintenance:${work}`),
  /** JSON of one API key, its secret as a hash. Gateway and command line; a revoked one stays. */
  apiKey: (id: string) => key(`api-key:${id}`),
  /** Sorted set of all API keys' ids by time of creation. As above. */
  apiKeys: key('api-keys'),
  /** Hash, API key's id to the time of its last use. Gateway, at most once a minute and key. */
  apiKeyUses: key('api-key-uses'),
  /** Prefix of @fastify/rate-limit's counters; each lives one window. */
  rateLimit: key('rate:'),
  /** Hash: one registration of a webhook. Gateway; the worker writes its status. Lives until it is deleted. */
  webhook: (id: string) => key(`webhook:${id}`),
  /** Sorted set of an owner's registrations by time of creation. Gateway. */
  webhooks: (owner: string) => key(`webhooks:${owner}`),
  /** Until when the ends of all jobs have been recorded, in epoch milliseconds. Worker, twice a minute. */
  publishedUntil: key('announced-until'),
  /** JSON of one delivery's log. Worker, and the gateway for a test and a replay; a week, a day for a callback. */
  delivery: (id: string) => key(`webhook-log:${id}`),
  /** Sorted set of the deliveries of a registration, or of a job's callback, by time. As above; the newest 1000. */
  deliveries: (webhookId: string) => key(`webhook-logs:${webhookId}`),
  /** Set of a registration's deliveries that are still under way. As above; a member goes with its end. */
  deliveriesPending: (webhookId: string) => key(`webhook-pending:${webhookId}`),
  /** Hash: one Idempotency-Key of an owner, what was asked with it and what was answered. Gateway; 24 h, size bounded. */
  idempotency: (digest: string) => key(`repeats:${digest}`),
  /** Hash, name to the JSON of what may be shown of a cookie set of an owner. Gateway, and the worker when a job uses or changes one; 180 days after the last write. */
  cookieSets: (owner: string) => key(`cookie-sets:${owner}`),
  /** Hash, name to the sealed cookies of that set. As above. */
  cookieJars: (owner: string) => key(`cookie-jars:${owner}`),
  /** Set of all owners of cookie sets. As above; a worker that starts takes out those who have none any more. */
  cookieOwners: key('cookie-owners'),
  /** Present while an exit is avoided, by its digest and the site, or for every site. Worker; expires by itself. */
  exitAvoided: (exit: string, site: string) => key(`exit-avoided:${exit}:${site}`),
  /** JSON of what clients may know of the exits: countries, and sites with exits or rates of their own. Worker, every 30 s. */
  exits: key('exits'),
  /** Sorted set of sites that rest, by the time until when. Worker; trimmed with each that is added. */
  siteRests: key('site-rests'),
  /** Sorted set of jobs that met a bot check at a site, by time. Worker; lives one window. */
  botChecks: (site: string) => key(`bot-checks:${site}`),
  /** Hash of a site with a rate: when its next turn is free, and when the last one was used. Worker; expires by itself. */
  siteRate: (site: string) => key(`site-rate:${site}`),
  /** Sorted set of jobs that have a turn at a site with a rate, by the time of the turn. As above. */
  siteTurns: (site: string) => key(`site-turns:${site}`),
  /** Channel on which whoever changed a job says so; the gateways of its followers listen. Nothing is kept. */
  changes: (jobId: string) => key(`changed:${jobId}`),
  /** Channel on which whoever ends a job early, a gateway or a worker, says to the workers which one. Nothing is kept. */
  cancelChannel: key('cancelled'),
} as const
