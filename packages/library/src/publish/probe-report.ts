/** Reads the report of ffprobe: which streams a file holds, and whether its container is one that players know. */
import { isContainer } from '@video-scraper/core'

/** What a verified file holds. */
export interface ProbedMedia {
  /** Null where the container does not say. */
  durationSeconds: number | null
  /** A cover picture is no video. */
  hasVideo: boolean
  hasAudio: boolean
  /** ffprobe's name of the format, for example `mov,mp4,m4a,3gp,3g2,mj2`. */
  container: string
  /** Of the picture; null where there is none, or where its size is not reported. */
  width: number | null
  height: number | null
  /** How many pictures a second has, in the mean; null where it is not reported. */
  picturesPerSecond: number | null
  /** ffprobe's name of how the picture is encoded; null where there is none. */
  videoCodec: string | null
  /** ffprobe's name of how the samples of the picture are stored; null where it does not tell. */
  pixelFormat: string | null
  /** ffprobe's name of how the sound is encoded; null where there is none. */
  audioCodec: string | null
  /** All pictures and sounds, in the order of the file. Covers are none. */
  streams: readonly ProbedStream[]
}

export interface ProbedStream {
  readonly kind: 'video' | 'audio'
  /** ffprobe's name of how it is encoded; null where it does not tell. */
  readonly codec: string | null
  /** Of a picture, as `pixelFormat`. */
  readonly pixelFormat: string | null
  /** How it is encoded more exactly, as ffprobe calls it, such as `High` or `LC`; null where it does not tell. */
  readonly profile?: string | null
  /** Of a picture: `progressive`, or in which order its fields come; null where it does not tell. */
  readonly fieldOrder?: string | null
  /** Of a picture, ffprobe's names of what its colours are; null where it does not tell. */
  readonly colorTransfer?: string | null
  readonly colorPrimaries?: string | null
}

/**
 * Returns null for anything but a known container with at least one audio or video stream. ffprobe also "finds a video
 * stream" in a picture, in plain text and behind a playlist, and a source that answers with those has not sent the video.
 */
export function readProbe(text: string): ProbedMedia | null {
  const report = parse(text)
  const container = report?.format?.format_name
  const streams = report?.streams
  if (typeof container !== 'string' || !Array.isArray(streams)) return null
  if (!isContainer(container)) return null
  const picture = streams.find(isPicture)
  const hasVideo = picture != null
  const sound = streams.find((stream) => stream?.codec_type === 'audio')
  const hasAudio = sound != null
  if (!hasVideo && !hasAudio) return null
  const duration = Number(report?.format?.duration)
  return {
    durationSeconds: duration > 0 ? duration : null,
    hasVideo,
    hasAudio,
    container,
    ...shapeOf(picture),
    audioCodec: textOrNull(sound?.codec_name),
    streams: streams.flatMap(streamOf),
  }
}

const isPicture = (stream: Stream | null) => stream?.codec_type === 'video' && stream.disposition?.attached_pic !== 1

function streamOf(stream: Stream | null): ProbedStream[] {
  const kind = isPicture(stream) ? 'video' : stream?.codec_type === 'audio' ? 'audio' : null
  if (stream === null || kind === null) return []
  const { codec_name, pix_fmt, profile, field_order, color_transfer, color_primaries } = stream
  const ofAll = { codec: textOrNull(codec_name), pixelFormat: textOrNull(pix_fmt), profile: textOrNull(profile) }
  if (kind === 'audio') return [{ kind, ...ofAll }]
  const colors = { colorTransfer: textOrNull(color_transfer), colorPrimaries: textOrNull(color_primaries) }
  return [{ kind, ...ofAll, fieldOrder: textOrNull(field_order), ...colors }]
}

const shapeOf = (picture: Stream | null | undefined) => ({
  width: sizeOrNull(picture?.width),
  height: sizeOrNull(picture?.height),
  picturesPerSecond: rateOrNull(picture?.avg_frame_rate),
  videoCodec: textOrNull(picture?.codec_name),
  pixelFormat: textOrNull(picture?.pix_fmt),
})

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const sizeOrNull = (size: unknown): number | null => (Number.isInteger(size) && Number(size) > 0 ? Number(size) : null)

/** ffprobe writes a fraction, `0/0` where it does not know. */
function rateOrNull(rate: unknown): number | null {
  const [, pictures, seconds] = /^(\d{1,10})\/(\d{1,10})$/.exec(typeof rate === 'string' ? rate : '') ?? []
  const perSecond = Number(pictures) / Number(seconds)
  return perSecond > 0 && Number.isFinite(perSecond) ? perSecond : null
}

interface Stream {
  codec_type?: unknown
  codec_name?: unknown
  width?: unknown
  height?: unknown
  pix_fmt?: unknown
  profile?: unknown
  field_order?: unknown
  color_transfer?: unknown
  color_primaries?: unknown
  avg_frame_rate?: unknown
  disposition?: { attached_pic?: unknown }
}

interface Report {
  format?: { format_name?: unknown; duration?: unknown }
  streams?: (Stream | null)[]
}

function parse(text: string): Report | null {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
