/** The one table of containers: what each is called by ffmpeg, by file names and by HTTP, and what may be in it. */

/** A file name's ending, and what such a file is called in HTTP: with a picture, and with sound alone. */
export interface FileKind {
  /** Missing: a file with a picture is not called so. */
  readonly picture?: string
  /** Missing: a file with sound alone is not called so. */
  readonly sound?: string
  /** Whether a file that begins so, as Latin-1, is one. For containers that ffmpeg gives one name, and browsers two. */
  readonly begins?: (beginning: string) => boolean
}

export interface Container {
  /** ffmpeg's readers of it. The first one is what ffprobe's `format_name` begins with. */
  readonly readers: readonly string[]
  /** ffmpeg's writers of it that are in use here. */
  readonly writers: readonly string[]
  /** By extension, without its dot. The first that fits is the usual one. */
  readonly files: Readonly<Record<string, FileKind>>
}

/** Its own brand; files from before there were brands begin with one of its other atoms. */
const isQuickTime = (beginning: string): boolean =>
  ['ftypqt  ', 'moov', 'mdat', 'wide', 'skip', 'pnot'].some((atom) => beginning.startsWith(atom, 4))
const is3gp2 = (beginning: string): boolean => beginning.startsWith('ftyp3g2', 4)
const is3gp = (beginning: string): boolean => beginning.startsWith('ftyp3g', 4) && !is3gp2(beginning)
/** The DocType stands near the beginning of the EBML header (RFC 8794). */
const isWebm = (beginning: string): boolean =>
  beginning.startsWith('\x1aE\xdf\xa3') && beginning.slice(0, 100).includes('webm')

/**
 * Nothing here is a type that a browser would run (no HTML, no SVG, no script), so a file that lies about its content
 * stays harmless even when shown inline. Taking an extension away makes the files that have it unreachable.
 * Sources: ffmpeg's list of formats, RFC 4337, 3839, 4393, 5334, 9559, IANA's registry of media types.
 */
export const containers = {
  mov: {
    readers: ['mov', 'mp4', 'm4a', '3gp', '3g2', 'mj2'],
    writers: ['mp4', 'mov', 'ipod', '3gp', '3g2'],
    files: {
      mov: { picture: 'video/quicktime', sound: 'video/quicktime', begins: isQuickTime },
      '3gp': { picture: 'video/3gpp', sound: 'audio/3gpp', begins: is3gp },
      '3g2': { picture: 'video/3gpp2', sound: 'audio/3gpp2', begins: is3gp2 },
      mp4: { picture: 'video/mp4' },
      m4a: { sound: 'audio/mp4' },
      m4v: { picture: 'video/mp4' },
      m4b: { sound: 'audio/mp4' },
      m4r: { sound: 'audio/mp4' },
      f4v: { picture: 'video/mp4' },
      f4a: { sound: 'audio/mp4' },
      f4b: { sound: 'audio/mp4' },
      alac: { sound: 'audio/mp4' },
    },
  },
  matroska: {
    readers: ['matroska', 'webm'],
    writers: ['matroska', 'webm'],
    files: {
      weba: { sound: 'audio/webm', begins: isWebm },
      webm: { picture: 'video/webm', sound: 'audio/webm', begins: isWebm },
      mkv: { picture: 'video/x-matroska' },
      mka: { sound: 'audio/x-matroska' },
      mk3d: { picture: 'video/x-matroska' },
    },
  },
  mpegts: {
    readers: ['mpegts'],
    writers: ['mpegts'],
    files: {
      ts: bothAs('video/mp2t'),
      mts: bothAs('video/mp2t'),
      m2ts: bothAs('video/mp2t'),
      m2t: bothAs('video/mp2t'),
    },
  },
  mpeg: {
    readers: ['mpeg'],
    writers: ['mpeg'],
    files: { mpg: bothAs('video/mpeg'), mpeg: bothAs('video/mpeg'), vob: bothAs('video/mpeg') },
  },
  mpegvideo: {
    readers: ['mpegvideo'],
    writers: [],
    files: { m2v: { picture: 'video/mpeg' }, m1v: { picture: 'video/mpeg' } },
  },
  asf: {
    readers: ['asf', 'asf_o'],
    writers: ['asf'],
    files: {
      wmv: { picture: 'video/x-ms-wmv' },
      wma: { sound: 'audio/x-ms-wma' },
      asf: { picture: 'video/x-ms-asf' },
    },
  },
  avi: {
    readers: ['avi'],
    writers: ['avi'],
    files: { avi: bothAs('video/x-msvideo'), divx: bothAs('video/x-msvideo') },
  },
  flv: { readers: ['flv'], writers: ['flv'], files: { flv: bothAs('video/x-flv') } },
  live_flv: { readers: ['live_flv'], writers: [], files: { flv: bothAs('video/x-flv') } },
  mxf: { readers: ['mxf'], writers: [], files: { mxf: bothAs('application/mxf') } },
  ogg: {
    readers: ['ogg'],
    writers: ['ogg', 'oga', 'ogv', 'opus', 'spx'],
    files: {
      ogv: { picture: 'video/ogg' },
      ogg: { sound: 'audio/ogg' },
      oga: { sound: 'audio/ogg' },
      opus: { sound: 'audio/ogg' },
      spx: { sound: 'audio/ogg' },
      ogm: { picture: 'video/ogg' },
    },
  },
  mp3: {
    readers: ['mp3'],
    writers: ['mp3'],
    files: { mp3: { sound: 'audio/mpeg' }, mp2: { sound: 'audio/mpeg' }, mpga: { sound: 'audio/mpeg' } },
  },
  aac: { readers: ['aac'], writers: ['adts'], files: { aac: { sound: 'audio/aac' }, adts: { sound: 'audio/aac' } } },
  ac3: { readers: ['ac3'], writers: [], files: { ac3: { sound: 'audio/ac3' } } },
  eac3: { readers: ['eac3'], writers: [], files: { eac3: { sound: 'audio/eac3' }, ec3: { sound: 'audio/eac3' } } },
  dts: { readers: ['dts'], writers: [], files: { dts: { sound: 'audio/x-dts' } } },
  amr: { readers: ['amr'], writers: [], files: { amr: { sound: 'audio/amr' }, awb: { sound: 'audio/amr-wb' } } },
  wav: { readers: ['wav'], writers: ['wav'], files: { wav: { sound: 'audio/wav' } } },
  w64: { readers: ['w64'], writers: [], files: { w64: { sound: 'audio/x-w64' } } },
  aiff: {
    readers: ['aiff'],
    writers: ['aiff'],
    files: { aiff: { sound: 'audio/aiff' }, aif: { sound: 'audio/aiff' }, aifc: { sound: 'audio/aiff' } },
  },
  au: { readers: ['au'], writers: [], files: { au: { sound: 'audio/basic' } } },
  caf: { readers: ['caf'], writers: [], files: { caf: { sound: 'audio/x-caf' } } },
  flac: { readers: ['flac'], writers: ['flac'], files: { flac: { sound: 'audio/flac' } } },
  ape: { readers: ['ape'], writers: [], files: { ape: { sound: 'audio/x-ape' } } },
  wv: { readers: ['wv'], writers: [], files: { wv: { sound: 'audio/x-wavpack' } } },
  tta: { readers: ['tta'], writers: [], files: { tta: { sound: 'audio/x-tta' } } },
  // Streams without a container.
  h264: { readers: ['h264'], writers: [], files: { h264: { picture: 'video/h264' } } },
  hevc: { readers: ['hevc'], writers: [], files: { hevc: { picture: 'video/h265' } } },
  m4v: { readers: ['m4v'], writers: [], files: { mp4v: { picture: 'video/mp4v-es' } } },
  av1: { readers: ['av1'], writers: [], files: { obu: { picture: 'video/av1' } } },
  obu: { readers: ['obu'], writers: [], files: { obu: { picture: 'video/av1' } } },
  ivf: { readers: ['ivf'], writers: [], files: { ivf: { picture: 'video/x-ivf' } } },
} as const satisfies Record<string, Container>

function bothAs<Type extends string>(type: Type): { readonly picture: Type; readonly sound: Type } {
  return { picture: type, sound: type }
}
