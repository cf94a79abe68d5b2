import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { eventually, isAlive, type Listener, readRuntime, startListener, temporaryFolder } from '@video-scraper/testkit'
import { installFfmpegShim } from '../src/index.ts'

const runtime = readRuntime()
const REFUSED = 69

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let inside: Listener
let shim: string
let job: string
/** A video of another job: real media, so that only the folder can be the reason of a refusal. */
let secret: string

beforeAll(async () => {
  folder = await temporaryFolder()
  inside = await startListener()
  shim = await installFfmpegShim({ ...runtime, directory: join(folder.path, 'shim') })
  job = join(folder.path, 'job')
  await mkdir(join(job, 'tmp'), { recursive: true })
  secret = join(folder.path, 'secret.mp4')
  const real = promisify(execFile)
  await real(runtime.ffmpeg, [
    ...'-v error -f lavfi -i testsrc=size=64x64:rate=5:duration=1 -f lavfi -i sine=duration=1 -c:a aac'.split(' '),
    secret,
  ])
  await copyFile(secret, join(job, 'media.mp4'))
  await real(runtime.ffmpeg, ['-v', 'error', '-i', secret, '-map', '0:v', '-c', 'copy', join(job, 'media.f1.mp4')])
  await real(runtime.ffmpeg, ['-v', 'error', '-i', secret, '-map', '0:a', '-c', 'copy', join(job, 'media.f2.m4a')])
  await real(runtime.ffmpeg, ['-v', 'error', '-i', secret, '-c', 'copy', '-f', 'mpegts', join(job, 'ts.mp4')])
  await real(runtime.ffmpeg, ['-v', 'error', '-i', secret, '-frames:v', '1', join(job, 'cover.png')])
  await writeFile(join(job, 'media.en.vtt'), 'WEBVTT\n\n00:00.000 --> 00:01.000\nhello\n')
  await writeFile(join(job, 'media.meta'), ';FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=500\ntitle=one\n')
  await symlink(secret, join(job, 'link.mp4'))
  await symlink(folder.path, join(job, 'way-out'))
  const at = `127.0.0.1:${inside.port}`
  const playlist = (uri: string) => `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${uri}\n#EXT-X-ENDLIST\n`
  await writeFile(join(job, 'hls-file.mp4'), playlist(`file://${secret}`))
  await writeFile(join(job, 'hls-tcp.mp4'), `#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\ntcp://${at}/x.m3u8\n`)
  await writeFile(join(job, 'hls-http.mp4'), playlist(`http://${at}/x.ts`))
  await writeFile(join(job, 'concat.mp4'), `ffconcat version 1.0\nfile ${secret}\n`)
  await writeFile(
    join(job, 'dash.mp4'),
    `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT1S"><Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>file://${secret}</BaseURL></Representation></AdaptationSet></Period></MPD>`,
  )
}, 60_000)

afterAll(async () => {
  await inside?.stop()
  await folder?.remove()
})

type Program = 'ffmpeg' | 'ffprobe'

interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

async function run(program: Program, args: readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
  const child = spawn(join(shim, program), args, { cwd: job, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, err]: string[][] = [[], []]
  child.stdout.on('data', (bytes) => out?.push(String(bytes)))
  child.stderr.on('data', (bytes) => err?.push(String(bytes)))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout: out?.join('') ?? '', stderr: err?.join('') ?? '' }
}

const head = ['-y', '-loglevel', 'repeat+info']
const faststart = ['-movflags', '+faststart']
const copy = ['-map', '0', '-dn', '-ignore_unknown', '-c', 'copy']

test.each<[string, Program, string[], string | null]>([
  ['asking for the version', 'ffmpeg', ['-bsfs'], null],
  ['asking ffprobe for the version', 'ffprobe', ['-bsfs'], null],
  ['-version', 'ffmpeg', ['-version'], null],
  [
    'merging',
    'ffmpeg',
    [
      ...head,
      '-i',
      'file:media.f1.mp4',
      '-i',
      'file:media.f2.m4a',
      '-c',
      'copy',
      '-map',
      '0:v:0',
      '-map',
      '1:a:0',
      ...faststart,
      'file:merged.temp.mp4',
    ],
    'merged.temp.mp4',
  ],
  [
    'merging by absolute paths to mkv',
    'ffmpeg',
    [
      ...head,
      '-i',
      'file:<job>/media.f1.mp4',
      '-i',
      'file:<job>/media.f2.m4a',
      '-c',
      'copy',
      '-map',
      '1:a:0',
      '-bsf:a:0',
      'aac_adtstoasc',
      '-map',
      '0:v:0',
      'file:<job>/merged.mkv',
    ],
    'merged.mkv',
  ],
  [
    'fixing MPEG-TS in mp4',
    'ffmpeg',
    [...head, '-i', 'file:ts.mp4', ...copy, '-f', 'mp4', '-bsf:a', 'aac_adtstoasc', ...faststart, 'file:fixed.mp4'],
    'fixed.mp4',
  ],
  [
    'fixing timestamps',
    'ffmpeg',
    [
      ...head,
      '-i',
      'file:media.mp4',
      '-c',
      'copy',
      '-bsf',
      'setts=ts=TS-STARTPTS',
      '-map',
      '0',
      '-dn',
      '-ignore_unknown',
      '-ss',
      '0.001',
      'file:time.mp4',
    ],
    'time.mp4',
  ],
  [
    'fixing timestamps with a filter',
    'ffmpeg',
    [...head, '-i', 'file:media.mp4', '-vf', 'setpts=PTS-STARTPTS', 'file:time.mkv'],
    'time.mkv',
  ],
  [
    'fixing the aspect ratio',
    'ffmpeg',
    [...head, '-i', 'file:media.mp4', ...copy, '-aspect', '1.5', 'file:aspect.mp4'],
    'aspect.mp4',
  ],
  [
    'extracting audio',
    'ffmpeg',
    [...head, '-i', 'file:media.mp4', '-vn', '-acodec', 'aac', '-q:a', '2', '-f', 'adts', 'file:sound.aac'],
    'sound.aac',
  ],
  [
    'embedding subtitles',
    'ffmpeg',
    [
      ...head,
      '-i',
      'file:media.mp4',
      '-i',
      'file:media.en.vtt',
      ...copy,
      '-c:s',
      'mov_text',
      '-map',
      '-0:s',
      '-map',
      '1:0',
      '-metadata:s:s:0',
      'language=eng',
      'file:subtitled.mp4',
    ],
    'subtitled.mp4',
  ],
  [
    'converting subtitles',
    'ffmpeg',
    [...head, '-i', 'file:media.en.vtt', '-f', 'srt', 'file:media.en.srt'],
    'media.en.srt',
  ],
  [
    'embedding metadata and chapters',
    'ffmpeg',
    [
      ...head,
      '-i',
      'file:media.mp4',
      '-i',
      'file:media.meta',
      ...copy,
      '-map_metadata',
      '1',
      '-write_id3v1',
      '1',
      '-metadata',
      "title=http://x, 'y'; -i z",
      'file:tagged.mp4',
    ],
    'tagged.mp4',
  ],
  [
    'converting a thumbnail',
    'ffmpeg',
    [
      ...head,
      '-f',
      'image2',
      '-pattern_type',
      'none',
      '-i',
      'file:cover.png',
      '-update',
      '1',
      '-bsf:v',
      'mjpeg2jpeg',
      'file:cover.jpg',
    ],
    'cover.jpg',
  ],
  [
    'attaching a thumbnail',
    'ffmpeg',
    [
      ...head,
      '-i',
      'file:media.mp4',
      ...copy,
      '-attach',
      'file:cover.png',
      '-metadata:s:2',
      'mimetype=image/png',
      '-metadata:s:2',
      'filename=cover.png',
      'file:covered.mkv',
    ],
    'covered.mkv',
  ],
  [
    'embedding a thumbnail',
    'ffmpeg',
    [
      ...head,
      '-i',
      'file:media.mp4',
      '-i',
      'file:cover.png',
      ...copy,
      '-map',
      '1',
      '-disposition:2',
      'attached_pic',
      'file:covered.mp4',
    ],
    'covered.mp4',
  ],
  [
    'a name with colons, dashes and blanks',
    'ffmpeg',
    [...head, '-i', 'file:media.mp4', ...copy, 'file:-http: x %d.mp4'],
    '-http: x %d.mp4',
  ],
  ['a pipe', 'ffmpeg', ['-v', 'error', '-i', 'file:media.mp4', '-c', 'copy', '-f', 'mpegts', '-'], null],
  ['probing streams', 'ffprobe', ['-show_streams', 'file:media.mp4'], null],
  [
    'probing as yt-dlp does',
    'ffprobe',
    ['-hide_banner', '-show_format', '-show_streams', '-print_format', 'json', 'file:media.mp4'],
    null,
  ],
])('%s works as without the shim', async (_case, program, args, output) => {
  const { code, stdout, stderr } = await run(
    program,
    args.map((arg) => arg.replace('<job>', job)),
  )
  expect([code, code === 0 ? '' : stderr]).toEqual([0, ''])
  if (output === null) expect(stdout.length).toBeGreaterThan(100)
  else expect((await stat(join(job, output))).size).toBeGreaterThan(10)
})

test('the library reads streams and format through it', async () => {
  const { stdout } = await run('ffprobe', [
    '-v',
    'error',
    '-show_streams',
    '-show_format',
    '-of',
    'json',
    'file:media.mp4',
  ])
  const probed = JSON.parse(stdout)
  expect(probed.streams.map(({ codec_type }: { codec_type: string }) => codec_type)).toEqual(['video', 'audio'])
  expect(probed.format.format_name).toContain('mp4')
})

test('standard input is an input', async () => {
  const child = spawn(
    '/bin/sh',
    ['-c', '"$0" -v error -i - -c copy -f mpegts - < ts.mp4 | wc -c', join(shim, 'ffmpeg')],
    { cwd: job },
  )
  const [bytes] = (await once(child.stdout, 'data')) as [Buffer]
  expect(Number(bytes)).toBeGreaterThan(1000)
})

test.each<[string, Program, string[]]>([
  ['http', 'ffmpeg', ['-i', 'http://<inside>/', 'file:out.mp4']],
  ['https', 'ffmpeg', ['-i', 'https://<inside>/', 'file:out.mp4']],
  ['tcp', 'ffmpeg', ['-i', 'tcp://<inside>', 'file:out.mp4']],
  ['rtmp', 'ffmpeg', ['-i', 'rtmp://<inside>/x', 'file:out.mp4']],
  ['a cached address', 'ffmpeg', ['-i', 'cache:http://<inside>/', 'file:out.mp4']],
  ['concat:', 'ffmpeg', ['-i', 'concat:media.mp4|<secret>', 'file:out.mp4']],
  ['subfile:', 'ffmpeg', ['-i', 'subfile,,start,0,end,9,,:media.mp4', 'file:out.mp4']],
  ['data:', 'ffmpeg', ['-i', 'data:text/plain,x', 'file:out.mp4']],
  ['another descriptor', 'ffmpeg', ['-i', 'pipe:3', 'file:out.mp4']],
  ['a descriptor by fd:', 'ffmpeg', ['-i', 'fd:', 'file:out.mp4']],
  ['an absolute path outside', 'ffmpeg', ['-i', '<secret>', 'file:out.mp4']],
  ['file: outside', 'ffmpeg', ['-i', 'file:<secret>', 'file:out.mp4']],
  ['file:/// outside', 'ffmpeg', ['-i', 'file:///etc/passwd', 'file:out.mp4']],
  ['dot segments', 'ffmpeg', ['-i', 'file:tmp/../../secret.mp4', 'file:out.mp4']],
  ['a link out', 'ffmpeg', ['-i', 'file:link.mp4', 'file:out.mp4']],
  ['a linked folder', 'ffmpeg', ['-i', 'file:way-out/secret.mp4', 'file:out.mp4']],
  ['a folder', 'ffmpeg', ['-i', 'file:tmp', 'file:out.mp4']],
  ['a device', 'ffmpeg', ['-i', '/dev/zero', 'file:out.mp4']],
  ['a missing file', 'ffmpeg', ['-i', 'file:nothing.mp4', 'file:out.mp4']],
  ['-i with a specifier', 'ffmpeg', ['-i:v', 'http://<inside>/', 'file:out.mp4']],
  ['-f concat', 'ffmpeg', ['-f', 'concat', '-i', 'file:concat.mp4', 'file:out.mp4']],
  ['-f concat -safe 0', 'ffmpeg', ['-f', 'concat', '-safe', '0', '-i', 'file:concat.mp4', 'file:out.mp4']],
  ['-f hls', 'ffmpeg', ['-f', 'hls', '-i', 'file:hls-tcp.mp4', 'file:out.mp4']],
  ['lavfi', 'ffmpeg', ['-f', 'lavfi', '-i', 'movie=<secret>', 'file:out.mp4']],
  ['a capture device', 'ffmpeg', ['-f', 'x11grab', '-i', 'file:media.mp4', 'file:out.mp4']],
  ['-filter_complex movie', 'ffmpeg', ['-filter_complex', 'movie=<secret>', 'file:out.mp4']],
  ['-lavfi amovie', 'ffmpeg', ['-lavfi', 'amovie=<secret>', 'file:out.mp4']],
  ['-vf movie', 'ffmpeg', ['-i', 'file:media.mp4', '-vf', 'movie=<secret>', 'file:out.mp4']],
  [
    '-vf with a hidden movie',
    'ffmpeg',
    ['-i', 'file:media.mp4', '-vf', 'scale=2:2[a];movie=<secret>[b]', 'file:out.mp4'],
  ],
  ['-vf subtitles', 'ffmpeg', ['-i', 'file:media.mp4', '-vf', 'scale=2:2,subtitles=<secret>', 'file:out.mp4']],
  ['a filter from a file', 'ffmpeg', ['-i', 'file:media.mp4', '-/vf', '/etc/passwd', 'file:out.mp4']],
  ['-attach outside', 'ffmpeg', ['-i', 'file:media.mp4', '-attach', '/etc/passwd', 'file:out.mkv']],
  ['-attach of an address', 'ffmpeg', ['-i', 'file:media.mp4', '-attach', 'http://<inside>/', 'file:out.mkv']],
  ['-dump_attachment', 'ffmpeg', ['-dump_attachment:t', '<secret>', '-i', 'file:covered.mkv']],
  ['a whitelist of its own', 'ffmpeg', ['-protocol_whitelist', 'tcp', '-i', 'file:hls-tcp.mp4', 'file:out.mp4']],
  ['-progress to an address', 'ffmpeg', ['-progress', 'http://<inside>/', '-i', 'file:media.mp4', 'file:out.mp4']],
  ['-report', 'ffmpeg', ['-report', '-i', 'file:media.mp4', 'file:out.mp4']],
  ['an output outside', 'ffmpeg', ['-i', 'file:media.mp4', '-c', 'copy', 'file:../out.mp4']],
  ['an output through a link', 'ffmpeg', ['-y', '-i', 'file:media.mp4', '-c', 'copy', 'file:link.mp4']],
  ['an output by tcp', 'ffmpeg', ['-i', 'file:media.mp4', '-f', 'mpegts', 'tcp://<inside>']],
  ['the tee muxer', 'ffmpeg', ['-i', 'file:media.mp4', '-f', 'tee', 'file:a.mp4|file:../b.mp4']],
  ['an option without its value', 'ffmpeg', ['-i']],
  ['a double dash', 'ffmpeg', ['--', '-i', 'http://<inside>/']],
  ['ffprobe of an address', 'ffprobe', ['http://<inside>/']],
  ['ffprobe of an address by -i', 'ffprobe', ['-i', 'http://<inside>/']],
  ['ffprobe outside', 'ffprobe', ['-show_format', '<secret>']],
  ['ffprobe with a format behind the file', 'ffprobe', ['file:hls-tcp.mp4', '-f', 'hls']],
  ['ffprobe of lavfi', 'ffprobe', ['-f', 'lavfi', 'movie=<secret>']],
  ['ffprobe with an output', 'ffprobe', ['-o', '../out', 'file:media.mp4']],
])('%s is refused with one line, before ffmpeg starts', async (_case, program, args) => {
  const filled = args.map((arg) =>
    arg.replaceAll('<inside>', `127.0.0.1:${inside.port}`).replaceAll('<secret>', secret),
  )
  const { code, stdout, stderr } = await run(program, filled)
  expect([code, stdout, stderr.split('\n').length]).toEqual([REFUSED, '', 2])
  expect(stderr).toMatch(new RegExp(`^${program} refused: [a-z ]+\\n$`))
  expect(inside.connections()).toEqual([])
})

test.each(['hls-file.mp4', 'hls-tcp.mp4', 'hls-http.mp4', 'dash.mp4', 'concat.mp4'])(
  '%s, a playlist in disguise, leads nowhere',
  async (name) => {
    const before = await readFile(secret)
    for (const [program, args] of [
      ['ffmpeg', ['-y', '-i', `file:${name}`, '-c', 'copy', 'file:leak.mp4']],
      ['ffprobe', ['-show_streams', `file:${name}`]],
    ] as const) {
      const { code, stdout, stderr } = await run(program, args)
      expect(code).not.toBe(0)
      expect(code).not.toBe(REFUSED)
      expect(stdout).toBe('')
      expect(stderr).toMatch(/not on whitelist|Invalid data/)
    }
    expect(await readdir(job)).not.toContain('leak.mp4')
    expect(await readFile(secret)).toEqual(before)
    expect(inside.connections()).toEqual([])
  },
)

test('the folder of the job is the working directory, or what the environment names', async () => {
  const probe = ['-v', 'error', '-show_format', `file:${job}/media.mp4`]
  expect((await run('ffprobe', probe)).code).toBe(0)
  expect((await run('ffprobe', probe, { VIDEO_SCRAPER_JOB_FOLDER: job })).code).toBe(0)
  expect((await run('ffprobe', probe, { VIDEO_SCRAPER_JOB_FOLDER: join(job, 'tmp') })).code).toBe(REFUSED)
  expect((await run('ffprobe', probe, { VIDEO_SCRAPER_JOB_FOLDER: '/' })).code).toBe(REFUSED)
})

test('the environment cannot make ffmpeg write a report elsewhere', async () => {
  const report = join(folder.path, 'report.log')
  expect((await run('ffmpeg', ['-version'], { FFREPORT: `file=${report}` })).code).toBe(0)
  await expect(stat(report)).rejects.toThrow('ENOENT')
})

test('ffmpeg dies with the process that started it', async () => {
  // An input that never ends: the parent says ffmpeg's id and is killed.
  const parent = spawn(
    '/bin/sh',
    [
      '-c',
      'sleep 60 | "$0" -i - -f null - & sleep 60 | "$0" -v error -i - file:never.mp4 & echo $!; wait',
      join(shim, 'ffmpeg'),
    ],
    { cwd: job, detached: true },
  )
  try {
    const [line] = (await once(parent.stdout, 'data')) as [Buffer]
    const pid = Number(line)
    const program = () => readFile(`/proc/${pid}/cmdline`, 'utf8')
    await eventually(async () => (await program()).startsWith('ffmpeg\0'))
    process.kill(parent.pid ?? 0, 'SIGKILL')
    await eventually(() => !isAlive(pid))
  } finally {
    process.kill(-(parent.pid ?? 0), 'SIGKILL')
  }
})

test('an interpreter with a blank in its path, or a long path, works too', async () => {
  for (const name of ['a folder', 'long'.repeat(40)]) {
    const home = join(folder.path, name)
    await mkdir(home)
    const python = join(home, 'python3')
    await writeFile(python, `#!/bin/sh\nexec '${runtime.python}' "$@"\n`, { mode: 0o700 })
    const directory = await installFfmpegShim({ ...runtime, python, directory: join(home, 'shim') })
    const { stdout } = await promisify(execFile)(join(directory, 'ffprobe'), ['-version'])
    expect(stdout).toMatch(/^ffprobe version/)
    await expect(promisify(execFile)(join(directory, 'ffmpeg'), ['-i', 'http://x/'])).rejects.toMatchObject({
      code: REFUSED,
    })
  }
})

test('installing again is fine, leaves only the two programs, and only for their owner', async () => {
  const again = () => installFfmpegShim({ ...runtime, directory: shim })
  expect(await Promise.all([again(), again()])).toEqual([shim, shim])
  expect((await readdir(shim)).sort()).toEqual(['ffmpeg', 'ffprobe'])
  for (const path of [shim, join(shim, 'ffmpeg'), join(shim, 'ffprobe')])
    expect((await stat(path)).mode & 0o777).toBe(0o700)
})

test.each(['python3', "/it's/python3", '/new\nline'])('the interpreter %j is refused', async (python) => {
  await expect(installFfmpegShim({ ...runtime, python, directory: shim })).rejects.toThrow('absolute paths')
})
