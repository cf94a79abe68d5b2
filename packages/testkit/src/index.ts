export { type CertificateAuthority, createCertificateAuthority, type Identity, selfSigned } from './certificates.ts'
export { type ConnectProxy, startConnectProxy } from './connect-proxy.ts'
export { eventually } from './eventually.ts'
export * from './hostile-media.ts'
export { type InterimAnswers, startInterimAnswers } from './interim-answers.ts'
export { type Listener, type SeenConnection, startListener } from './listener.ts'
export { freePort } from './listening.ts'
export { createMedia, type Media } from './media.ts'
export { COUNTED, MEDIA_SECONDS, type RecipeName } from './media-recipes.ts'
export { type NameAnswer, type NameServer, startNameServer } from './name-server.ts'
export { NAMED_ADDRESS } from './named-site.ts'
export { type Nginx, startNginx } from './nginx.ts'
export { type ObjectStore, type SentObject, type StoreAnswer, startObjectStore } from './object-store.ts'
export { descendantsOf, isAlive, type ProcessEntry, processesMentioning } from './processes.ts'
export { type PythonClient, pythonClient } from './python-client.ts'
export { type DisposableRedis, startRedis } from './redis.ts'
export { type Runtime, readRuntime, repositoryRoot } from './runtime.ts'
export { type DisposableS3, startS3 } from './s3.ts'
export { largeVideoDigest } from './site/large-video.ts'
export type { RecordedRequest } from './site/request-log.ts'
export { sampleManifests } from './site/sample-manifests.ts'
export { UPCOMING_HOST, upcomingUrl } from './site/upcoming.ts'
export { type SiteProxy, startSiteProxy } from './site-proxy.ts'
export { canMount, type SmallDisk, smallDisk } from './small-disk.ts'
export { type LocalSoundcloud, SOUNDCLOUD_NAMES, startLocalSoundcloud } from './soundcloud/local-soundcloud.ts'
export { type Gateway, type Stack, type StackProcess, startStack } from './stack.ts'
export { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts'
export { startTlsFront, type TlsFront } from './tls-front.ts'
export {
  poTokenFor,
  startTokenProvider,
  type TokenProviderManner,
  type TokenProviderStandIn,
} from './token-provider.ts'
export { startVideoSite, type VideoSite } from './video-site.ts'
export {
  type ReceivedWebhook,
  startWebhookReceiver,
  type WebhookAnswer,
  type WebhookReceiver,
} from './webhook-receiver.ts'
export { type LocalYoutube, startLocalYoutube, YOUTUBE_NAMES } from './youtube/local-youtube.ts'
export { type VideoKindName, videoKinds } from './youtube/videos.ts'
