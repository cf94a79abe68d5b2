/** What each command does: it resolves with its answer, as a value for `--json` and as text. */
import { writeFile } from 'node:fs/promises'
import type { VideoScraper } from '../client.ts'
import { UsageError } from '../errors.ts'
import type { Download, InfoJobProcessing, Job, KeyScope } from '../generated/schemas.ts'
import type { DownloadFields } from '../methods/arguments.ts'
import { type SaveProgress, save } from '../node/save.ts'
import { completionFor } from './completion.ts'
import type { CommandName, Options } from './options.ts'
import { plainText, tableText } from './plain-text.ts'
import { type progressBar, sizeText, timeText } from './progress-bar.ts'

export interface Reply {
  readonly value: unknown
  readonly text: string
}

export interface Surroundings {
  readonly client: VideoScraper
  readonly options: Options
  readonly bar: ReturnType<typeof progressBar>
  readonly signal: AbortSignal
}

const DEFAULT_LIMIT = 50
const TRANSCRIPT_FORMS: readonly string[] = ['text', 'json', 'srt', 'vtt']

export const commands = {
  async info(surroundings) {
    const { client, options } = surroundings
    const url = wordOf(options, 'the address of the video')
    const fields = options.flags.fresh ? { fresh: true } : {}
    if (options.flags.detach) return started(await client.startInfo(url, fields), 'job_id')
    const { video_info } = await client.info(url, fields, waiting<Job>(surroundings))
    const rows = video_info.formats.map((each) => [
      each.format_id,
      each.ext,
      each.width && each.height ? `${each.width}x${each.height}` : '',
      each.filesize === null ? '' : sizeText(each.filesize),
      each.format_note,
    ])
    const length = video_info.duration === null ? '' : ` (${timeText(video_info.duration)})`
    const head = [`${plainText(video_info.title)}${length}`, plainText(video_info.uploader), '']
    return {
      value: video_info,
      text: [...head, tableText([['FORMAT', 'EXT', 'SIZE', 'BYTES', 'NOTE'], ...rows])].join('\n'),
    }
  },

  download(surroundings) {
    const { format } = surroundings.options.flags
    return saved(surroundings, { ...(format !== undefined && { format_id: format }) })
  },

  audio(surroundings) {
    const { format } = surroundings.options.flags
    return saved(surroundings, { media: 'audio', ...(format !== undefined && { audio_format: format }) })
  },

  async transcript(surroundings) {
    const { client, options, signal } = surroundings
    const url = wordOf(options, 'the address of the video')
    const { format = 'text', language, fresh, output, detach } = options.flags
    const fields = { ...(language !== undefined && { language }), ...(fresh && { fresh }) }
    if (!TRANSCRIPT_FORMS.includes(format)) throw wrongUse('transcript URL --format text|json|srt|vtt')
    if (detach) return started(await client.startTranscript(url, fields), 'job_id')
    const job = await client.transcript(url, fields, waiting<Job>(surroundings))
    const text = await client.getTranscriptText(job.job_id, format, { signal })
    if (output === undefined) return { value: job, text: text.replace(/\n$/, '') }
    await writeFile(output, text)
    return { value: { ...job, path: output }, text: plainText(output) }
  },

  async playlist(surroundings) {
    const { client, options, signal } = surroundings
    const url = wordOf(options, 'the address of the list')
    const { format, fresh, items, detach } = options.flags
    const fields = {
      ...(items !== undefined && { items }),
      ...(format !== undefined && { options: { format_id: format } }),
      ...(fresh && { fresh }),
    }
    if (detach) return started(await client.startPlaylist(url, fields), 'job_id')
    const playlist = await client.playlist(url, fields, waiting<Job>(surroundings))
    const entries = await collected(client.entries(playlist.job_id, { limit: 200 }, { signal }), Infinity)
    const { total, completed, failed, cancelled, skipped } = playlist.summary
    const counts = `${completed} of ${total} completed, ${failed} failed, ${cancelled} cancelled, ${skipped} skipped`
    const rows = entries.map(({ position, state, job_id: id, title }) => [position, state, id, title])
    return {
      value: { ...playlist, entries },
      text: [counts, '', tableText([['ENTRY', 'STATE', 'JOB', 'TITLE'], ...rows])].join('\n'),
    }
  },

  async list({ client, options, signal }) {
    const most = numberOf(options.flags.limit, DEFAULT_LIMIT)
    if (options.flags.jobs) {
      const jobs = await collected(client.jobs({}, { signal }), most)
      const rows = jobs.map(({ id, kind, status, progress, url }) => [
        id,
        kind,
        status,
        `${Math.floor(progress * 100)} %`,
        url,
      ])
      return { value: jobs, text: tableText([['ID', 'KIND', 'STATUS', 'DONE', 'URL'], ...rows]) }
    }
    const files = await collected(client.downloads({}, { signal }), most)
    const rows = files.map(({ created_at, size_bytes, filename }) => [created_at, sizeText(size_bytes), filename])
    return { value: files, text: tableText([['CREATED', 'SIZE', 'FILE'], ...rows]) }
  },

  async cancel({ client, options, signal }) {
    const reply = await client.cancel(wordOf(options, 'the id of the job'), { signal })
    return { value: reply, text: plainText(reply.message) }
  },

  async keys({ client, options: { words, flags }, signal }) {
    const [action, subject] = words
    if (action === undefined) {
      const keys = await collected(client.keys({}, { signal }), numberOf(flags.limit, DEFAULT_LIMIT))
      const rows = keys.map(({ id, name, status, scopes }) => [id, name, status, scopes.join(',')])
      return { value: keys, text: tableText([['ID', 'NAME', 'STATUS', 'SCOPES'], ...rows]) }
    }
    if (subject === undefined || !['create', 'revoke', 'rotate'].includes(action)) {
      throw wrongUse('keys create NAME, keys revoke ID, keys rotate ID')
    }
    if (action === 'revoke') return { value: await client.revokeKey(subject, { signal }), text: 'Revoked.' }
    const scopes: readonly KeyScope[] = flags.scope ?? ['read', 'write']
    const made = action === 'create' ? client.createKey({ name: subject, scopes }) : client.rotateKey(subject)
    const issued = await made
    return { value: issued, text: issued.key }
  },

  async completion({ options }) {
    const text = completionFor(options.words[0])
    return { value: text, text }
  },
} as const satisfies Record<CommandName, (surroundings: Surroundings) => Promise<Reply>>

async function saved(surroundings: Surroundings, wanted: DownloadFields): Promise<Reply> {
  const { client, options, bar, signal } = surroundings
  const url = wordOf(options, 'the address of the video')
  const { fresh, output = './', detach } = options.flags
  const fields = { ...wanted, ...(fresh && { fresh }) }
  if (detach) return started(await client.startDownload(url, fields), 'download_id')
  const download = await client.download(url, fields, waiting<Download>(surroundings))
  const speed = speedometer()
  const onProgress = (progress: SaveProgress) => bar.show(speed(progress))
  const paths = await save(client, download, output, { signal, onProgress })
  return { value: { ...download, paths }, text: paths.map(plainText).join('\n') }
}

function started(answer: object, name: string): Reply {
  return { value: answer, text: plainText((answer as Record<string, unknown>)[name]) }
}

/** The service's own progress is the first half of what people see: its download; then comes ours. */
function waiting<Of extends Job | Download>({ options, bar, signal }: Surroundings) {
  const seconds = options.flags.deadline
  return {
    signal,
    cancelOnAbort: true,
    ...(seconds !== undefined && { deadlineMs: numberOf(seconds, 0) * 1000 }),
    onProgress: (job: Of) => {
      if (job.status === 'processing' && job.summary) bar.show(entriesShown(job))
      if (job.status !== 'in_progress') return
      const { progress, status_message, speed_bytes_per_second, eta_seconds } = job
      bar.show({
        label: plainText(status_message),
        fraction: progress,
        bytesPerSecond: speed_bytes_per_second,
        secondsLeft: eta_seconds,
      })
    },
  }
}

/** A playlist is as far as its entries are. */
const entriesShown = ({ message, progress }: InfoJobProcessing) => ({
  label: plainText(message),
  fraction: progress,
  bytesPerSecond: null,
  secondsLeft: null,
})

/** How fast a file comes, from its first bytes on. */
function speedometer() {
  let first: { at: number; bytes: number } | undefined
  return ({ filename, receivedBytes, totalBytes }: SaveProgress) => {
    first ??= { at: Date.now(), bytes: receivedBytes }
    const seconds = (Date.now() - first.at) / 1000
    const rate = seconds > 0 ? (receivedBytes - first.bytes) / seconds : 0
    return {
      label: plainText(filename),
      fraction: totalBytes === 0 ? 1 : receivedBytes / totalBytes,
      bytesPerSecond: rate > 0 ? rate : null,
      secondsLeft: rate > 0 ? (totalBytes - receivedBytes) / rate : null,
    }
  }
}

async function collected<Item>(items: AsyncIterable<Item>, most: number): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) if (all.push(item) >= most) break
  return all
}

const wrongUse = (text: string) => new UsageError(`Use: video-scraper ${text}`, { code: 'invalid_argument' })

function wordOf({ command, words }: Options, what: string): string {
  const [word, ...more] = words
  if (word === undefined || more.length > 0) throw wrongUse(`${command}, with ${what}, and nothing else`)
  return word
}

function numberOf(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  if (!/^\d{1,9}(\.\d+)?$/.test(text) || Number(text) <= 0) throw wrongUse('with a number where a number belongs')
  return Number(text)
}
