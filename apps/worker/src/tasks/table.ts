/** Which task does each kind of job. A kind without a task does not compile. */
import type { JobKind } from '@video-scraper/contracts'
import type { Task } from '@video-scraper/queue'
import { type DestinationDependencies, deliverDownload } from './deliver-download.ts'
import { downloadVideo } from './download-video.ts'
import { extractInfo, type InfoDependencies } from './extract-info.ts'
import { makePlaylist, type PlaylistDependencies } from './make-playlist.ts'
import { type TranscriptDependencies, writeTranscript } from './write-transcript.ts'

/** What the tasks of all kinds need. */
export type TaskDependencies = InfoDependencies &
  DestinationDependencies &
  TranscriptDependencies &
  PlaylistDependencies

export type Tasks = { readonly [Kind in JobKind]: Task<Kind, unknown> }

export const createTasks = (dependencies: TaskDependencies): Tasks => ({
  info: extractInfo(dependencies),
  download: deliverDownload(dependencies, downloadVideo(dependencies)),
  transcript: writeTranscript(dependencies),
  playlist: makePlaylist(dependencies),
})
