import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Program, type ShimJob, startShimJob } from './shim-job.ts'

let at: ShimJob
beforeAll(async () => {
  at = await startShimJob()
})
afterAll(() => at?.end())

const HEAD = '-y -loglevel repeat+info'
const COPY = '-map 0 -dn -ignore_unknown -c copy'
const FASTSTART = '-movflags +faststart'

/** Each form that yt-dlp's postprocessors use; the last word is the output. */
test.each([
  ['merging', `-i file:media.f1.mp4 -i file:media.f2.m4a -c copy -map 0:v:0 -map 1:a:0 ${FASTSTART} file:merged.mp4`],
  [
    'merging by absolute paths',
    '-i file:<job>/media.f1.mp4 -i file:<job>/media.f2.m4a -c copy -map 1:a:0 -bsf:a:0 aac_adtstoasc -map 0:v:0 file:all.mkv',
  ],
  ['fixing MPEG-TS in mp4', `-i file:ts.mp4 ${COPY} -f mp4 -bsf:a aac_adtstoasc ${FASTSTART} file:fixed.mp4`],
  ['fixing timestamps', '-i file:media.mp4 -c copy -bsf setts=ts=TS-STARTPTS -map 0 -dn -ss 0.001 file:time.mp4'],
  ['fixing timestamps with a filter', '-i file:media.mp4 -vf setpts=PTS-STARTPTS file:time.mkv'],
  [
    'encoding one stream again',
    '-i file:media.mp4 -map 0:v:0 -filter:v:0 scale=2:2 -c:v:0 libx264 -pix_fmt:v:0 yuv420p file:small.mp4',
  ],
  [
    'saying how far it is',
    '-progress pipe:1 -i file:media.mp4 -map 0:v:0 -filter:v:0 bwdif=mode=send_frame:deint=all,scale=2:2 file:frames.mp4',
  ],
  [
    'bringing down a high range',
    '-i file:media.mp4 -map 0:v:0 -vf zscale=tin=smpte2084:pin=2020:min=2020_ncl:rin=tv:p=bt709:t=linear:npl=203,format=gbrpf32le,tonemap=tonemap=mobius:desat=0,zscale=p=bt709:t=bt709:m=bt709:r=tv,sidedata=mode=delete -c:v:0 libx264 -rc-lookahead:v:0 4 -threads:v:0 1 -pix_fmt yuv420p file:range.mp4',
  ],
  ['fixing the aspect ratio', `-i file:media.mp4 ${COPY} -aspect 1.5 file:aspect.mp4`],
  ['extracting audio', '-i file:media.mp4 -vn -acodec aac -q:a 2 -f adts file:sound.aac'],
  [
    'embedding subtitles',
    `-i file:media.mp4 -i file:media.en.vtt ${COPY} -c:s mov_text -map -0:s -map 1:0 -metadata:s:s:0 language=eng file:sub.mp4`,
  ],
  ['converting subtitles', '-i file:media.en.vtt -f srt file:media.en.srt'],
  [
    'embedding metadata and chapters',
    `-i file:media.mp4 -i file:media.meta ${COPY} -map_metadata 1 -write_id3v1 1 -metadata title=http://x,'y';-i file:tagged.mp4`,
  ],
  [
    'converting a thumbnail',
    '-f image2 -pattern_type none -i file:cover.png -update 1 -bsf:v mjpeg2jpeg file:cover.jpg',
  ],
  [
    'attaching a thumbnail',
    `-i file:media.mp4 ${COPY} -attach file:cover.png -metadata:s:2 mimetype=image/png -metadata:s:2 filename=c.png file:c.mkv`,
  ],
  [
    'embedding a thumbnail',
    `-i file:media.mp4 -i file:cover.png ${COPY} -map 1 -disposition:2 attached_pic file:cover.mp4`,
  ],
])('%s works as without the shim', async (_case, command) => {
  const args = `${HEAD} ${command}`.split(' ')
  const { code, stderr } = await at.run('ffmpeg', args)
  expect([code, code === 0 ? '' : stderr]).toEqual([0, ''])
  const output = args.at(-1)?.replace('file:', '') ?? ''
  expect((await stat(join(at.job, output))).size).toBeGreaterThan(10)
})

test('a name with colons, dashes and blanks is a name', async () => {
  expect((await at.run('ffmpeg', ['-i', 'file:media.mp4', '-c', 'copy', 'file:-http: x %d.mp4'])).code).toBe(0)
  expect((await at.run('ffprobe', ['file:-http: x %d.mp4'])).code).toBe(0)
})

test.each<[Program, string]>([
  ['ffmpeg', '-bsfs'],
  ['ffmpeg', '-version'],
  ['ffprobe', '-bsfs'],
  ['ffmpeg', '-v error -i file:media.mp4 -c copy -f mpegts -'],
  ['ffprobe', '-show_streams file:media.mp4'],
  ['ffprobe', '-hide_banner -show_format -show_streams -print_format json file:media.mp4'],
])('%s %s answers on its standard output', async (program, command) => {
  const { code, stdout } = await at.run(program, command.split(' '))
  expect(code).toBe(0)
  expect(stdout.length).toBeGreaterThan(100)
})

test('the library reads streams and format through it', async () => {
  const args = '-v error -show_streams -show_format -of json file:media.mp4'
  const probed = JSON.parse((await at.run('ffprobe', args.split(' '))).stdout)
  expect(probed.streams.map(({ codec_type }: { codec_type: string }) => codec_type)).toEqual(['video', 'audio'])
  expect(probed.format.format_name).toContain('mp4')
})

test('standard input is an input', async () => {
  const script = '"$0" -v error -i - -c copy -f mpegts - < ts.mp4 | wc -c'
  const shell = spawn('/bin/sh', ['-c', script, join(at.shim, 'ffmpeg')], { cwd: at.job })
  const [bytes] = (await once(shell.stdout, 'data')) as [Buffer]
  expect(Number(bytes)).toBeGreaterThan(1000)
})
