/** The real yt-dlp and ffprobe, as the kit's own tests need them. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { readRuntime } from '../src/index.ts'

const run = promisify(execFile)

export interface Found {
  original_url?: string
  webpage_url: string
  title: string
  uploader: string | null
  duration: number | null
  is_live: boolean | null
  formats: { format_id: string }[]
  subtitles: Record<string, unknown>
  filename: string
}

/**
 * Runs the real yt-dlp in `folder` without any guard, and returns what it found. One start of Python serves many
 * addresses: it costs more than the downloads.
 */
export async function runYtdlp(folder: string, options: string[], urls: string[]): Promise<Found[]> {
  const { python, ytdlp: modules, ffmpeg } = readRuntime()
  const program = 'import sys; sys.path.insert(0, sys.argv.pop(1)); import yt_dlp; yt_dlp.main(sys.argv[1:])'
  const always = ['--ignore-config', '--no-cache-dir', '-i', '-j', '--ffmpeg-location', ffmpeg, '-P', folder]
  const argv = ['-I', '-c', program, modules, ...always, ...options, '--', ...urls]
  // Its exit code also tells of addresses that were meant to fail; each test looks at what was found.
  const { stdout } = await run(python, argv, { maxBuffer: 1e8, timeout: 60_000 }).catch(
    (error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }),
  )
  return stdout
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Found)
}

/** The codecs of a file's streams, sorted. */
export const codecsOf = async (file: string): Promise<string[]> => {
  const argv = ['-v', 'error', '-show_entries', 'stream=codec_name', '-of', 'csv=p=0', file]
  const { stdout } = await run(readRuntime().ffprobe, argv)
  return stdout.trim().split('\n').sort()
}
