/** Info jobs: ask yt-dlp what a video is. */
import type { VideoInfo } from '@video-scraper/contracts'
import type { EgressProxy } from '@video-scraper/egress'
import type { Task } from '@video-scraper/queue'
import type { Engine } from '@video-scraper/ytdlp'
import type { WorkFolders } from '../work-folders.ts'

/** Pages, manifests and scripts; no site needs more to describe a video. */
const INFO_BYTES_MAX = 128 * 1024 * 1024

interface InfoRooms {
  engine: Engine
  egress: EgressProxy
  folders: WorkFolders
}

export const extractInfo = ({ engine, egress, folders }: InfoRooms): Task<'info', VideoInfo> => ({
  async prepare({ id, envelope, report }, signal) {
    const folder = await folders.open(id)
    const admission = egress.admit(id, { maxBytes: INFO_BYTES_MAX })
    try {
      return await engine.extractInfo(
        { url: envelope.url },
        { jobId: id, folder, egress: admission, signal, onProgress: report },
      )
    } finally {
      admission.revoke()
    }
  },
  // The result is what BullMQ keeps; there is nothing else to show.
  publish: async (_job, info) => info,
  discard: (id) => folders.remove(id),
})
