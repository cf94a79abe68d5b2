import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Program, REFUSED, type ShimJob, startShimJob } from './shim-job.ts'

let at: ShimJob
beforeAll(async () => {
  at = await startShimJob()
})
afterAll(() => at?.end())

test.each<[string, Program, string]>([
  ['http', 'ffmpeg', '-i http://<inside>/ file:out.mp4'],
  ['https', 'ffmpeg', '-i https://<inside>/ file:out.mp4'],
  ['tcp', 'ffmpeg', '-i tcp://<inside> file:out.mp4'],
  ['rtmp', 'ffmpeg', '-i rtmp://<inside>/x file:out.mp4'],
  ['a cached address', 'ffmpeg', '-i cache:http://<inside>/ file:out.mp4'],
  ['concat:', 'ffmpeg', '-i concat:media.mp4|<secret> file:out.mp4'],
  ['subfile:', 'ffmpeg', '-i subfile,,start,0,end,9,,:media.mp4 file:out.mp4'],
  ['data:', 'ffmpeg', '-i data:text/plain,x file:out.mp4'],
  ['another descriptor', 'ffmpeg', '-i pipe:3 file:out.mp4'],
  ['a descriptor by fd:', 'ffmpeg', '-i fd: file:out.mp4'],
  ['an absolute path outside', 'ffmpeg', '-i <secret> file:out.mp4'],
  ['file: outside', 'ffmpeg', '-i file:<secret> file:out.mp4'],
  ['file:/// outside', 'ffmpeg', '-i file:///etc/passwd file:out.mp4'],
  ['dot segments', 'ffmpeg', '-i file:tmp/../../secret.mp4 file:out.mp4'],
  ['a link out', 'ffmpeg', '-i file:link.mp4 file:out.mp4'],
  ['a linked folder', 'ffmpeg', '-i file:way-out/secret.mp4 file:out.mp4'],
  ['a folder', 'ffmpeg', '-i file:tmp file:out.mp4'],
  ['a device', 'ffmpeg', '-i /dev/zero file:out.mp4'],
  ['a missing file', 'ffmpeg', '-i file:nothing.mp4 file:out.mp4'],
  ['-i with a specifier', 'ffmpeg', '-i:v http://<inside>/ file:out.mp4'],
  ['-f concat', 'ffmpeg', '-f concat -i file:concat.mp4 file:out.mp4'],
  ['-f concat -safe 0', 'ffmpeg', '-f concat -safe 0 -i file:concat.mp4 file:out.mp4'],
  ['-f hls', 'ffmpeg', '-f hls -i file:hls-tcp.mp4 file:out.mp4'],
  ['lavfi', 'ffmpeg', '-f lavfi -i movie=<secret> file:out.mp4'],
  ['a capture device', 'ffmpeg', '-f x11grab -i file:media.mp4 file:out.mp4'],
  ['-filter_complex movie', 'ffmpeg', '-filter_complex movie=<secret> file:out.mp4'],
  ['-lavfi amovie', 'ffmpeg', '-lavfi amovie=<secret> file:out.mp4'],
  ['-vf movie', 'ffmpeg', '-i file:media.mp4 -vf movie=<secret> file:out.mp4'],
  ['-vf with a hidden movie', 'ffmpeg', '-i file:media.mp4 -vf scale=2:2[a];movie=<secret>[b] file:out.mp4'],
  ['-filter of one stream', 'ffmpeg', '-i file:media.mp4 -filter:v:0 movie=<secret> file:out.mp4'],
  ['-vf subtitles', 'ffmpeg', '-i file:media.mp4 -vf scale=2:2,subtitles=<secret> file:out.mp4'],
  ['a value of a filter from a file', 'ffmpeg', '-i file:media.mp4 -vf scale=w=2:/h=<secret> file:out.mp4'],
  ['a value behind a tab', 'ffmpeg', '-i file:media.mp4 -vf scale=w=2:\t/h=media.mp4 file:out.mp4'],
  ['the first value of a filter from a file', 'ffmpeg', '-i file:media.mp4 -vf scale=/w=<secret> file:out.mp4'],
  ['a filter that reads a table', 'ffmpeg', '-i file:media.mp4 -vf zscale=t=linear,lut3d=<secret> file:out.mp4'],
  ['a filter from a file', 'ffmpeg', '-i file:media.mp4 -/vf /etc/passwd file:out.mp4'],
  ['-attach outside', 'ffmpeg', '-i file:media.mp4 -attach /etc/passwd file:out.mkv'],
  ['-attach of an address', 'ffmpeg', '-i file:media.mp4 -attach http://<inside>/ file:out.mkv'],
  ['-dump_attachment', 'ffmpeg', '-dump_attachment:t <secret> -i file:media.mp4'],
  ['a whitelist of its own', 'ffmpeg', '-protocol_whitelist tcp -i file:hls-tcp.mp4 file:out.mp4'],
  ['-progress to an address', 'ffmpeg', '-progress http://<inside>/ -i file:media.mp4 file:out.mp4'],
  ['-progress to a file', 'ffmpeg', '-progress <secret> -i file:media.mp4 file:out.mp4'],
  ['-progress to another descriptor', 'ffmpeg', '-progress pipe:3 -i file:media.mp4 file:out.mp4'],
  ['-report', 'ffmpeg', '-report -i file:media.mp4 file:out.mp4'],
  ['an output outside', 'ffmpeg', '-i file:media.mp4 -c copy file:../out.mp4'],
  ['an output through a link', 'ffmpeg', '-y -i file:media.mp4 -c copy file:link.mp4'],
  ['an output by tcp', 'ffmpeg', '-i file:media.mp4 -f mpegts tcp://<inside>'],
  ['the tee muxer', 'ffmpeg', '-i file:media.mp4 -f tee file:a.mp4|file:../b.mp4'],
  ['an option without its value', 'ffmpeg', '-i'],
  ['a double dash', 'ffmpeg', '-- -i http://<inside>/'],
  ['ffprobe of an address', 'ffprobe', 'http://<inside>/'],
  ['ffprobe of an address by -i', 'ffprobe', '-i http://<inside>/'],
  ['ffprobe outside', 'ffprobe', '-show_format <secret>'],
  ['ffprobe with a format behind the file', 'ffprobe', 'file:hls-tcp.mp4 -f hls'],
  ['ffprobe of lavfi', 'ffprobe', '-f lavfi movie=<secret>'],
  ['ffprobe with an output', 'ffprobe', '-o ../out file:media.mp4'],
])('%s is refused with one line, before ffmpeg starts', async (_case, program, command) => {
  const { code, stdout, stderr } = await at.run(program, command.split(' '))
  expect([code, stdout, stderr.split('\n').length]).toEqual([REFUSED, '', 2])
  expect(stderr).toMatch(new RegExp(`^${program} refused: [a-z ]+\\n$`))
  expect(at.inside.connections()).toEqual([])
})

test.each(['hls-file.mp4', 'hls-tcp.mp4', 'hls-http.mp4', 'dash.mp4', 'concat.mp4'])(
  '%s, a playlist in disguise, leads nowhere',
  async (name) => {
    const outcomes = [
      await at.run('ffmpeg', ['-y', '-i', `file:${name}`, '-c', 'copy', 'file:leak.mp4']),
      await at.run('ffprobe', ['-show_streams', `file:${name}`]),
    ]
    for (const { code, stdout, stderr } of outcomes) {
      // The real program ran, and failed.
      expect([0, REFUSED]).not.toContain(code)
      expect(stdout).toBe('')
      expect(stderr).toMatch(/not on whitelist|Invalid data/)
    }
    expect(await readdir(at.job)).not.toContain('leak.mp4')
    expect(at.inside.connections()).toEqual([])
  },
)

test('the folder of the job is the working directory, or what the environment names', async () => {
  const probe = ['-v', 'error', '-show_format', 'file:<job>/media.mp4']
  const codeWith = async (env: Record<string, string>) => (await at.run('ffprobe', probe, env)).code
  expect(await codeWith({})).toBe(0)
  expect(await codeWith({ VIDEO_SCRAPER_JOB_FOLDER: at.job })).toBe(0)
  expect(await codeWith({ VIDEO_SCRAPER_JOB_FOLDER: join(at.job, 'tmp') })).toBe(REFUSED)
  expect(await codeWith({ VIDEO_SCRAPER_JOB_FOLDER: '/' })).toBe(REFUSED)
})

test('the environment cannot make ffmpeg write a report elsewhere', async () => {
  const report = join(at.home, 'report.log')
  expect((await at.run('ffmpeg', ['-version'], { FFREPORT: `file=${report}` })).code).toBe(0)
  await expect(stat(report)).rejects.toThrow('ENOENT')
})
