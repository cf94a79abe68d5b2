/** A job's folder full of media and traps, and the shim in front of the real ffmpeg, for the tests of the shim. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Listener, readRuntime, startListener, temporaryFolder } from '@video-scraper/testkit'
import { installFfmpegShim } from '../src/index.ts'

export type Program = 'ffmpeg' | 'ffprobe'

/** The exit status of whatever the shim does not let through. */
export const REFUSED = 69

export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface ShimJob {
  /** Holds the job's folder, the shim, and `secret`. */
  readonly home: string
  readonly job: string
  readonly shim: string
  /** A video of another job: real media, so that only the folder can be the reason of a refusal. */
  readonly secret: string
  /** Must never see a connection. */
  readonly inside: Listener
  /** Runs a program in the job's folder; `<job>`, `<secret>` and `<inside>` are filled in. */
  run(program: Program, args: readonly string[], env?: Record<string, string>): Promise<Outcome>
  end(): Promise<void>
}

export async function startShimJob(): Promise<ShimJob> {
  const [folder, inside, runtime] = [await temporaryFolder(), await startListener(), readRuntime()]
  const home = folder.path
  const [job, secret] = [join(home, 'job'), join(home, 'secret.mp4')]
  const shim = await installFfmpegShim({ ...runtime, directory: join(home, 'shim') })
  await mkdir(join(job, 'tmp'), { recursive: true })
  await makeMedia(runtime.ffmpeg, { job, secret })
  await symlink(secret, join(job, 'link.mp4'))
  await symlink(home, join(job, 'way-out'))
  for (const [name, text] of Object.entries(disguises(secret, `127.0.0.1:${inside.port}`))) {
    await writeFile(join(job, name), text)
  }
  const fill = (arg: string) =>
    arg.replace('<job>', job).replace('<secret>', secret).replace('<inside>', `127.0.0.1:${inside.port}`)

  return {
    home,
    job,
    shim,
    secret,
    inside,
    async run(program, args, env = {}) {
      const child = spawn(join(shim, program), args.map(fill), { cwd: job, env, stdio: ['ignore', 'pipe', 'pipe'] })
      let [stdout, stderr] = ['', '']
      child.stdout.on('data', (bytes) => {
        stdout += bytes
      })
      child.stderr.on('data', (bytes) => {
        stderr += bytes
      })
      const [code] = (await once(child, 'close')) as [number | null]
      return { code, stdout, stderr }
    },
    async end() {
      await inside.stop()
      await folder.remove()
    },
  }
}

async function makeMedia(ffmpeg: string, { job, secret }: { job: string; secret: string }): Promise<void> {
  const real = (args: string) => promisify(execFile)(ffmpeg, ['-v', 'error', ...args.split(' ')], { cwd: job })
  const sources = '-f lavfi -i testsrc=size=64x64:rate=5:duration=1 -f lavfi -i sine=duration=1'
  await real(`${sources} -c:a aac media.mp4`)
  await real('-i media.mp4 -map 0:v -c copy media.f1.mp4 -map 0:a -c copy media.f2.m4a')
  await real('-i media.mp4 -c copy -f mpegts ts.mp4 -frames:v 1 cover.png')
  await copyFile(join(job, 'media.mp4'), secret)
  await writeFile(join(job, 'media.en.vtt'), 'WEBVTT\n\n00:00.000 --> 00:01.000\nhello\n')
  const chapter = '[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=500\ntitle=one\n'
  await writeFile(join(job, 'media.meta'), `;FFMETADATA1\n${chapter}`)
}

/** Playlists that call themselves videos. Without the shim each of them leads out. */
function disguises(secret: string, inside: string): Record<string, string> {
  const playlist = (uri: string) => `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${uri}\n#EXT-X-ENDLIST\n`
  const representation = `<Representation id="1" bandwidth="1"><BaseURL>file://${secret}</BaseURL></Representation>`
  return {
    'hls-file.mp4': playlist(`file://${secret}`),
    'hls-tcp.mp4': `#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\ntcp://${inside}/x.m3u8\n`,
    'hls-http.mp4': playlist(`http://${inside}/x.ts`),
    'concat.mp4': `ffconcat version 1.0\nfile ${secret}\n`,
    'dash.mp4':
      '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT1S">' +
      `<Period><AdaptationSet mimeType="video/mp4">${representation}</AdaptationSet></Period></MPD>`,
  }
}
