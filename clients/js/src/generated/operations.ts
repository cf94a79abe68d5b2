// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

import type { ApiKey, CancelReply, CancelledJobs, ChangeWebhookBody, CookieSetList, CookieSetReply, CreateArchiveLinkBody, CreateFileLinkBody, CreateKeyBody, DeletedJobs, DeliveriesAccepted, DeliveryAccepted, DeliveryList, Download, DownloadAcceptance, DownloadEntry, DownloadRequest, EventLink, FileLink, FileRole, HealthReply, InfoAcceptance, InfoJob, InfoRequest, IssuedKey, Job, JobKind, JobList, JobSelection, JobStatusWord, JsonCookie, KeyList, Platform, PlaylistAcceptance, PlaylistEntries, PlaylistJob, PlaylistRequest, RegisterWebhookBody, RegisteredWebhookReply, ReplayDeliveriesBody, RetryAcceptance, RotatedSecretReply, ServiceStatus, TranscriptAcceptance, TranscriptForm, TranscriptJob, TranscriptRequest, UpdateKeyBody, WebhookList, WebhookReply } from './schemas.ts'

/** What each operation takes and answers. */
export interface Operations {
/** Service status */
getStatus: { path: { readonly [name: string]: never }; query: { readonly [name: string]: never }; body: undefined; answer: ServiceStatus }
/** Supported platforms */
listPlatforms: { path: { readonly [name: string]: never }; query: {
/** Only the platforms of this host name: those whose `domain` is the name itself, or a parent of it, as `youtube.com` is of `www.youtube.com`. An unknown one is an empty list; the video may still be found in its page. */
domain?: string
}; body: undefined; answer: ReadonlyArray<Platform> }
/** Is the process alive */
getLiveness: { path: { readonly [name: string]: never }; query: { readonly [name: string]: never }; body: undefined; answer: HealthReply }
/** Can the gateway accept jobs */
getReadiness: { path: { readonly [name: string]: never }; query: { readonly [name: string]: never }; body: undefined; answer: HealthReply }
/** Extract video information */
createInfoJob: { path: { readonly [name: string]: never }; query: { readonly [name: string]: never }; body: InfoRequest; answer: InfoJob | InfoAcceptance }
/** Download a video */
createDownload: { path: { readonly [name: string]: never }; query: { readonly [name: string]: never }; body: DownloadRequest; answer: Download | DownloadAcceptance }
/** Get a transcript */
createTranscript: { path: { readonly [name: string]: never }; query: { readonly [name: string]: never }; body: TranscriptRequest; answer: TranscriptJob | TranscriptAcceptance }
/** Make a job of each entry of a list */
createPlaylist: { path: { readonly [name: string]: never }; query: { readonly [name: string]: never }; body: PlaylistRequest; answer: PlaylistJob | PlaylistAcceptance }
/** Check job status */
getInfoJob: { path: {
/** The `job_id` of POST /info or POST /transcript or POST /playlist. */
job_id: string
}; query: { readonly [name: string]: never }; body: undefined; answer: Job }
/** Remove job */
deleteJob: { path: {
/** A `job_id` or a `download_id`. */
job_id: string
}; query: { readonly [name: string]: never }; body: undefined; answer: undefined }
/** Cancel job */
cancelJob: { path: {
/** A `job_id` or a `download_id`. */
job_id: string
}; query: { readonly [name: string]: never }; body: undefined; answer: CancelReply }
/** Retry job */
retryJob: { path: {
/** A `job_id` or a `download_id`. */
job_id: string
}; query: { readonly [name: string]: never }; body: undefined; answer: RetryAcceptance }
/** Check download status */
getDownload: { path: {
/** The `download_id` of POST /download. */
download_id: string
}; query: { readonly [name: string]: never }; body: undefined; answer: Download }
/** Fetch a transcript */
fetchTranscript: { path: {
/** The `job_id` of POST /transcript. */
job_id: string
}; query: {
format?: TranscriptForm
}; body: undefined; answer: Response }
/** List jobs */
listJobs: { path: { readonly [name: string]: never }; query: {
/** Jobs per page. */
limit?: number
/** `next_cursor` of the page before. */
cursor?: string
status?: JobStatusWord
kind?: JobKind
/** Only jobs that this playlist has made of its entries. */
parent_id?: string
/** Only jobs that were made later than this. RFC 3339. */
created_after?: string
/** Only jobs that were made earlier than this. RFC 3339. */
created_before?: string
/** Only jobs with this entry in their metadata: its name, a colon, and its whole value, such as `order:4711`. With `status`, `parent_id` or `metadata` a page looks through 1000 jobs at most, so it may be short or empty although `next_cursor` goes on. */
metadata?: string
}; body: undefined; answer: JobList }
/** List the entries of a playlist */
listEntries: { path: {
/** The `job_id` of POST /playlist. */
job_id: string
}; query: {
/** Entries per page. */
limit?: number
/** `next_cursor` of the page before. */
cursor?: string
}; body: undefined; answer: PlaylistEntries }
/** Cancel several jobs */
cancelJobs: { path: { readonly [name: string]: never }; query: { readonly [name: string]: never }; body: JobSelection; answer: CancelledJobs }
/** Remove several jobs */
deleteJobs: { path: { readonly [name: string]: never }; query: { readonly [name: string]: never }; body: JobSelection; answer: DeletedJobs }
/** List downloads */
listDownloads: { path: { readonly [name: string]: never }; query: {
/** Files per page. */
limit?: number
/** From the `Link` of the page before. */
cursor?: string
/** Only files that were published later than this. RFC 3339. */
created_after?: string
/** Only files that were published earlier than this. RFC 3339. */
created_before?: string
/** Only files with this extension, such as `mp4`. */
extension?: string
role?: FileRole
/** Only files with this text in title, file name or source URL, in upper or lower case. A page looks through 5000 files at most, so it may be short or empty although `Link` goes on. */
text?: string
}; body: undefined; answer: ReadonlyArray<DownloadEntry> }
/** Download file */
fetchFile: { path: {
/** The `filename` of a completed download. */
filename: string
}; query: {
/** `attachment` saves the file, `inline` shows it. */
disposition?: 'attachment' | 'inline' | (string & {})
/** Part of a link; nothing to make up. */
signature?: string
}; body: undefined; answer: Response }
/** Remove file */
deleteFile: { path: {
/** The `filename` of a completed download. */
filename: string
}; query: { readonly [name: string]: never }; body: undefined; answer: undefined }
/** Download all files */
fetchArchive: { path: {
/** The `download_id` of POST /download. */
download_id: string
}; query: {
/** Part of a link; nothing to make up. */
signature?: string
}; body: undefined; answer: Response }
/** Link to a file */
createFileLink: { path: {
/** The `filename` of a completed download. */
filename: string
}; query: { readonly [name: string]: never }; body: CreateFileLinkBody; answer: FileLink }
/** Link to all files */
createArchiveLink: { path: {
/** The `download_id` of POST /download. */
download_id: string
}; query: { readonly [name: string]: never }; body: CreateArchiveLinkBody; answer: FileLink }
/** Register a webhook */
registerWebhook: { path: { readonly [name: string]: never }; query: { readonly [name: string]: never }; body: RegisterWebhookBody; answer: RegisteredWebhookReply }
/** List webhooks */
listWebhooks: { path: { readonly [name: string]: never }; query: { readonly [name: string]: never }; body: undefined; answer: WebhookList }
/** Get webhook */
getWebhook: { path: {
/** The `webhook_id` of the registration. */
webhook_id: string
}; query: { readonly [name: string]: never }; body: undefined; answer: WebhookReply }
/** Change webhook */
changeWebhook: { path: {
/** The `webhook_id` of the registration. */
webhook_id: string
}; query: { readonly [name: string]: never }; body: ChangeWebhookBody; answer: WebhookReply }
/** Delete webhook */
deleteWebhook: { path: {
/** The `webhook_id` of the registration. */
webhook_id: string
}; query: { readonly [name: string]: never }; body: undefined; answer: undefined }
/** Send a test delivery */
testWebhook: { path: {
/** The `webhook_id` of the registration. */
webhook_id: string
}; query: { readonly [name: string]: never }; body: undefined; answer: DeliveryAccepted }
/** Replace the secret of a webhook */
rotateWebhookSecret: { path: {
/** The `webhook_id` of the registration. */
webhook_id: string
}; query: { readonly [name: string]: never }; body: undefined; answer: RotatedSecretReply }
/** List deliveries */
listDeliveries: { path: {
/** A `webhook_id`, or the id of a job that was given a `callback_url`. */
webhook_id: string
}; query: {
/** Deliveries per page. */
limit?: number
/** `next_cursor` of the page before. */
cursor?: string
}; body: undefined; answer: DeliveryList }
/** Send deliveries again */
replayDeliveries: { path: {
/** A `webhook_id`, or the id of a job that was given a `callback_url`. */
webhook_id: string
}; query: { readonly [name: string]: never }; body: ReplayDeliveriesBody; answer: DeliveriesAccepted }
/** Send a delivery again */
replayDelivery: { path: {
/** A `webhook_id`, or the id of a job that was given a `callback_url`. */
webhook_id: string
/** The `delivery_id` from the log. */
delivery_id: string
}; query: { readonly [name: string]: never }; body: undefined; answer: DeliveryAccepted }
/** Follow a job */
streamInfoJob: { path: {
/** The `job_id` of POST /info or POST /transcript or POST /playlist. */
job_id: string
}; query: { readonly [name: string]: never }; body: undefined; answer: Response | undefined }
/** Follow a download */
streamDownload: { path: {
/** The `download_id` of POST /download. */
download_id: string
}; query: { readonly [name: string]: never }; body: undefined; answer: Response | undefined }
/** Link to the events of a job */
createEventLink: { path: {
/** A `job_id` or a `download_id`. */
job_id: string
}; query: { readonly [name: string]: never }; body: undefined; answer: EventLink }
/** Follow a job by a link */
streamByLink: { path: {
/** A `job_id` or a `download_id`. */
job_id: string
}; query: {
/** As it stands in the link. */
token: string
}; body: undefined; answer: Response | undefined }
/** List API keys */
listKeys: { path: { readonly [name: string]: never }; query: {
/** Keys per page. */
limit?: number
/** `next_cursor` of the page before. */
cursor?: string
}; body: undefined; answer: KeyList }
/** Create API key */
createKey: { path: { readonly [name: string]: never }; query: { readonly [name: string]: never }; body: CreateKeyBody; answer: IssuedKey }
/** Show API key */
getKey: { path: {
/** The `id` of a key. */
key_id: string
}; query: { readonly [name: string]: never }; body: undefined; answer: ApiKey }
/** Change API key */
updateKey: { path: {
/** The `id` of a key. */
key_id: string
}; query: { readonly [name: string]: never }; body: UpdateKeyBody; answer: ApiKey }
/** Revoke API key */
revokeKey: { path: {
/** The `id` of a key. */
key_id: string
}; query: { readonly [name: string]: never }; body: undefined; answer: ApiKey }
/** Rotate API key */
rotateKey: { path: {
/** The `id` of a key. */
key_id: string
}; query: {
/** How long the secret before is still accepted; 0: not at all. */
grace_seconds?: number
}; body: undefined; answer: IssuedKey }
/** Get cookie set */
getCookies: { path: {
/** The name of the set. */
name: string
}; query: { readonly [name: string]: never }; body: undefined; answer: CookieSetReply }
/** Store cookies */
putCookies: { path: {
/** The name of the set: 1 to 64 letters, digits, `_` and `-`; a letter or a digit first. */
name: string
}; query: { readonly [name: string]: never }; body: ReadonlyArray<JsonCookie> | string; answer: CookieSetReply }
/** Delete cookie set */
deleteCookies: { path: {
/** The name of the set. */
name: string
}; query: { readonly [name: string]: never }; body: undefined; answer: undefined }
/** List cookie sets */
listCookies: { path: { readonly [name: string]: never }; query: { readonly [name: string]: never }; body: undefined; answer: CookieSetList }
}

export type OperationId = keyof Operations

/** Method, path, and whether it takes an Idempotency-Key, which makes it safe to repeat. */
export const operations: { readonly [Id in OperationId]: readonly [method: string, path: string, keyed?: 'keyed'] } = {
getStatus: ['GET', '/api/status'],
listPlatforms: ['GET', '/api/video-scraper/platforms'],
getLiveness: ['GET', '/health/live'],
getReadiness: ['GET', '/health/ready'],
createInfoJob: ['POST', '/api/video-scraper/info', 'keyed'],
createDownload: ['POST', '/api/video-scraper/download', 'keyed'],
createTranscript: ['POST', '/api/video-scraper/transcript', 'keyed'],
createPlaylist: ['POST', '/api/video-scraper/playlist', 'keyed'],
getInfoJob: ['GET', '/api/video-scraper/job/{job_id}'],
deleteJob: ['DELETE', '/api/video-scraper/job/{job_id}'],
cancelJob: ['POST', '/api/video-scraper/job/{job_id}/cancel'],
retryJob: ['POST', '/api/video-scraper/job/{job_id}/retry'],
getDownload: ['GET', '/api/video-scraper/status/{download_id}'],
fetchTranscript: ['GET', '/api/video-scraper/job/{job_id}/transcript'],
listJobs: ['GET', '/api/video-scraper/jobs'],
listEntries: ['GET', '/api/video-scraper/job/{job_id}/entries'],
cancelJobs: ['POST', '/api/video-scraper/jobs/cancel'],
deleteJobs: ['POST', '/api/video-scraper/jobs/delete'],
listDownloads: ['GET', '/api/video-scraper/downloads'],
fetchFile: ['GET', '/api/video-scraper/download/{filename}'],
deleteFile: ['DELETE', '/api/video-scraper/download/{filename}'],
fetchArchive: ['GET', '/api/video-scraper/status/{download_id}/files.zip'],
createFileLink: ['POST', '/api/video-scraper/download/{filename}/link'],
createArchiveLink: ['POST', '/api/video-scraper/status/{download_id}/files.zip/link'],
registerWebhook: ['POST', '/api/video-scraper/webhooks/register'],
listWebhooks: ['GET', '/api/video-scraper/webhooks'],
getWebhook: ['GET', '/api/video-scraper/webhooks/{webhook_id}'],
changeWebhook: ['PATCH', '/api/video-scraper/webhooks/{webhook_id}'],
deleteWebhook: ['DELETE', '/api/video-scraper/webhooks/{webhook_id}'],
testWebhook: ['POST', '/api/video-scraper/webhooks/{webhook_id}/test'],
rotateWebhookSecret: ['POST', '/api/video-scraper/webhooks/{webhook_id}/rotate-secret'],
listDeliveries: ['GET', '/api/video-scraper/webhooks/{webhook_id}/deliveries'],
replayDeliveries: ['POST', '/api/video-scraper/webhooks/{webhook_id}/deliveries/replay'],
replayDelivery: ['POST', '/api/video-scraper/webhooks/{webhook_id}/deliveries/{delivery_id}/replay'],
streamInfoJob: ['GET', '/api/video-scraper/job/{job_id}/events'],
streamDownload: ['GET', '/api/video-scraper/status/{download_id}/events'],
createEventLink: ['POST', '/api/video-scraper/job/{job_id}/events/link'],
streamByLink: ['GET', '/api/video-scraper/events/{job_id}'],
listKeys: ['GET', '/api/video-scraper/keys'],
createKey: ['POST', '/api/video-scraper/keys'],
getKey: ['GET', '/api/video-scraper/keys/{key_id}'],
updateKey: ['PATCH', '/api/video-scraper/keys/{key_id}'],
revokeKey: ['DELETE', '/api/video-scraper/keys/{key_id}'],
rotateKey: ['POST', '/api/video-scraper/keys/{key_id}/rotate'],
getCookies: ['GET', '/api/video-scraper/cookies/{name}'],
putCookies: ['PUT', '/api/video-scraper/cookies/{name}'],
deleteCookies: ['DELETE', '/api/video-scraper/cookies/{name}'],
listCookies: ['GET', '/api/video-scraper/cookies'],
}
