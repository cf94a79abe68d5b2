/** Which task does each kind of job. A kind without a task does not compile. */
import type { JobKind } from '@video-scraper/contracts'
import type { Task } from '@video-scraper/queue'
import { type DownloadRooms, downloadVideo } from './download-video.ts'
import { extractInfo, type InfoRooms } from './extract-info.ts'
import { type TranscriptDependencies, writeTranscript } from './write-transcript.ts'

/** What the tasks of all kinds need. */
export type TaskRooms = InfoRooms & DownloadRooms & TranscriptDependencies

type Tasks = { readonly [Kind in JobKind]: Task<Kind, unknown> }

export const createTasks = (rooms: TaskRooms): Tasks => ({
  info: extractInfo(rooms),
  download: downloadVideo(rooms),
  transcript: writeTranscript(rooms),
})
