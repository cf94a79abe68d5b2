/** An engine beside a stack, for programs that check a version of yt-dlp: it needs neither Redis nor a free port that is known. */
import { join } from 'node:path'
import { TOKEN_ADDRESS } from '@video-scraper/egress'
import { installFfmpegShim, jobFilterIn, SANDBOX_MODULES } from '@video-scraper/sandbox'
import { createEngine, type Engine } from '@video-scraper/ytdlp'
import type { WorkerSettings } from '../config.ts'

type CheckSettings = Pick<WorkerSettings, 'PYTHON' | 'FFMPEG' | 'FFPROBE' | 'SANDBOX'> &
  Partial<Pick<WorkerSettings, 'POT_PROVIDER_URL'>>

/** `home`: the folder that holds the version. `root`: a temporary folder of the caller's. */
export async function engineForChecks(
  { PYTHON: python, FFMPEG: ffmpeg, FFPROBE: ffprobe, SANDBOX, POT_PROVIDER_URL = '' }: CheckSettings,
  home: string,
  root: string,
): Promise<Engine> {
  const ffmpegLocation = await installFfmpegShim({ directory: join(root, 'shim'), python, ffmpeg, ffprobe })
  return createEngine({
    python,
    home,
    ffmpegLocation,
    maxFileBytes: 0,
    stallSeconds: 0,
    workerId: 'check',
    ...(POT_PROVIDER_URL !== '' && { tokenAddress: TOKEN_ADDRESS }),
    sandbox: {
      landlock: SANDBOX_MODULES,
      filter: jobFilterIn(ffmpegLocation),
      required: SANDBOX === 'required',
      programs: [ffmpeg, ffprobe],
    },
  })
}
