/** What is noted while fragments are appended, seen from yt-dlp's own downloader. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { readRuntime, temporaryFolder } from '@video-scraper/testkit'

const PYTHON_FOLDER = fileURLToPath(new URL('../python', import.meta.url))

const SCRIPT = `
import json, sys
sys.path[:0] = sys.argv[1:3]
from continuation import continue_exactly
from yt_dlp import YoutubeDL
from yt_dlp.downloader.fragment import FragmentFD
continue_exactly()
name = sys.argv[3]
open(name + '.part-Frag10', 'wb').close()
with open(name + '.part', 'ab') as stream:
    # Two more were fetched while the tenth waits to be appended.
    FragmentFD(YoutubeDL({}), {})._append_fragment({
        'filename': name, 'tmpfilename': name + '.part', 'live': False, 'dest_stream': stream,
        'fragment_index': 12, 'fragment_filename_sanitized': name + '.part-Frag10'}, b'tenth')
with open(name + '.ytdl') as note:
    print(json.dumps(json.load(note)['downloader']))
`

test('the note names the fragment that was appended, not how many have been fetched', async () => {
  const { python, ytdlp } = readRuntime()
  const folder = await temporaryFolder()
  try {
    const words = ['-I', '-S', '-B', '-c', SCRIPT, PYTHON_FOLDER, ytdlp, `${folder.path}/media.mp4`]
    const note = JSON.parse(execFileSync(python, words, { env: {}, encoding: 'utf8' }))
    expect(note).toEqual({ current_fragment: { index: 10 }, length: 5 })
  } finally {
    await folder.remove()
  }
})
