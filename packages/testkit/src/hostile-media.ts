/** Media files of a few kilobytes that claim to be enormous: what a demuxer does with them is the question. */

const box = (type: string, ...parts: (Buffer | number[])[]): Buffer => {
  const content = Buffer.concat(parts.map((part) => (Array.isArray(part) ? words(part) : part)))
  return Buffer.concat([words([content.length + 8]), Buffer.from(type, 'latin1'), content])
}
const words = (values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [at, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, at * 4)
  return bytes
}
const MATRIX = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000]

/** An mp4 whose tracks claim so many samples each, all in one chunk: ffmpeg makes an index entry of 24 bytes for each. */
export function mp4WithSamples(tracks: number, samples: number): Buffer {
  const track = (id: number): Buffer => {
    const entry = Buffer.alloc(78)
    entry.writeUInt16BE(1, 6)
    entry.writeUInt16BE(64, 24)
    entry.writeUInt16BE(64, 26)
    const table = box(
      'stbl',
      box('stsd', [0, 1], box('mp4v', entry)),
      box('stts', [0, 1, samples, 1]),
      box('stsc', [0, 1, 1, samples, 1]),
      box('stsz', [0, 1, samples]),
      box('stco', [0, 1, 48]),
    )
    const handler = box('hdlr', [0, 0], Buffer.from('vide'), [0, 0, 0], Buffer.alloc(1))
    const reference = box('dinf', box('dref', [0, 1], box('url ', [1])))
    const information = box('minf', box('vmhd', [1, 0, 0]), reference, table)
    const media = box('mdia', box('mdhd', [0, 0, 0, 1000, samples, 0]), handler, information)
    return box('trak', box('tkhd', [3, 0, 0, id, 0, samples, 0, 0, 0, 0, ...MATRIX, 64 << 16, 64 << 16]), media)
  }
  const header = box('mvhd', [
    0,
    0,
    0,
    1000,
    samples,
    0x10000,
    0x1000000,
    0,
    0,
    ...MATRIX,
    0,
    0,
    0,
    0,
    0,
    0,
    tracks + 1,
  ])
  const all = Array.from({ length: tracks }, (_, at) => track(at + 1))
  const type = box('ftyp', Buffer.from('isom'), [512], Buffer.from('isommp41'))
  return Buffer.concat([type, box('mdat', Buffer.alloc(4_096, 1)), box('moov', header, ...all)])
}

/** An EBML element (RFC 8794) of a length below 2^28. */
const element = (id: string, ...parts: Buffer[]): Buffer => {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.from(id, 'hex'), words([0x10000000 + content.length]), content])
}
const ebmlHeader = element(
  '1a45dfa3',
  element('4282', Buffer.from('matroska')),
  element('4287', Buffer.from([4])),
  element('4285', Buffer.from([2])),
)

/** A Matroska file of so many tracks, each with nothing in it. */
export function matroskaWithTracks(tracks: number): Buffer {
  const entries = Array.from({ length: tracks }, (_, at) =>
    element(
      'ae',
      element('d7', words([at + 1])),
      element('73c5', words([at + 1])),
      element('83', Buffer.from([1])),
      element('86', Buffer.from('V_MPEG4/ISO/AVC')),
      element('e0', element('b0', words([64])), element('ba', words([64]))),
    ),
  )
  return Buffer.concat([ebmlHeader, element('18538067', element('1654ae6b', ...entries))])
}

/** A Matroska file with one picture of the largest size that ffmpeg takes for possible, and a frame of nothing. */
export function matroskaWithHugePicture(): Buffer {
  const size = words([16_380])
  const track = element(
    'ae',
    element('d7', words([1])),
    element('83', Buffer.from([1])),
    element('86', Buffer.from('V_VP8')),
    element('e0', element('b0', size), element('ba', size)),
  )
  const frame = Buffer.concat([
    Buffer.from('81000080', 'hex'),
    Buffer.from('1000009d012afc3ffc3f', 'hex'),
    Buffer.alloc(2_000),
  ])
  const cluster = element('1f43b675', element('e7', Buffer.from([0])), element('a3', frame))
  return Buffer.concat([ebmlHeader, element('18538067', element('1654ae6b', track), cluster)])
}

/** An Ogg file (RFC 3533) that begins so many streams of Vorbis, one a page. */
export function oggWithStreams(streams: number): Buffer {
  const header = Buffer.from('01766f726269730000000002 44ac0000000000000ee02000000000b801'.replace(' ', ''), 'hex')
  const pages = Array.from({ length: streams }, (_, serial) => {
    const page = Buffer.alloc(28)
    page.write('OggS', 0, 'latin1')
    page[5] = 2
    page.writeUInt32LE(serial, 14)
    page[26] = 1
    page[27] = header.length
    const whole = Buffer.concat([page, header])
    whole.writeUInt32LE(oggChecksum(whole), 22)
    return whole
  })
  return Buffer.concat(pages)
}

/** CRC-32 with the polynomial 0x04c11db7, bits not reflected. */
function oggChecksum(page: Buffer): number {
  let checksum = 0
  for (const byte of page) {
    checksum ^= byte << 24
    for (let bit = 0; bit < 8; bit++) checksum = checksum < 0 ? (checksum << 1) ^ 0x04c11db7 : checksum << 1
  }
  return checksum >>> 0
}

/** An FLV file whose metadata claim an index of so many key frames, and repeat the claim. */
export function flvWithIndex(claims: number): Buffer {
  const text = (value: string) =>
    Buffer.concat([Buffer.from([value.length >> 8, value.length & 255]), Buffer.from(value)])
  const claim = Buffer.concat([
    text('keyframes'),
    Buffer.from([3]),
    text('times'),
    Buffer.from([10]),
    words([0x0fff_ffff]),
    text('filepositions'),
    Buffer.from([10]),
    words([0x0fff_ffff]),
  ])
  const body = Buffer.concat([
    Buffer.from([2]),
    text('onMetaData'),
    Buffer.from([8]),
    words([claims]),
    ...Array.from({ length: claims }, () => claim),
  ])
  const tag = Buffer.alloc(11)
  tag[0] = 18
  tag.writeUIntBE(body.length, 1, 3)
  return Buffer.concat([Buffer.from('464c5601050000000900000000', 'hex'), tag, body, words([body.length + 11])])
}

/** An mp3 with so many pictures in its ID3 tag, each a PNG that claims 16,000 by 16,000 pixels. */
export function mp3WithPictures(pictures: number): Buffer {
  const png = Buffer.concat([
    Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
    words([16_000, 16_000]),
    Buffer.from('0806000000', 'hex'),
    words([0]),
    words([16]),
    Buffer.from('IDAT'),
    Buffer.alloc(16),
    words([0]),
  ])
  const frame = Buffer.concat([Buffer.from([0]), Buffer.from('image/png\0\u0003\0', 'latin1'), png])
  const head = (size: number) => Buffer.concat([Buffer.from('APIC'), words([size]), Buffer.alloc(2)])
  const frames = Buffer.concat(Array.from({ length: pictures }, () => Buffer.concat([head(frame.length), frame])))
  const length = Buffer.from([21, 14, 7, 0].map((shift) => (frames.length >> shift) & 127))
  const sound = Buffer.concat(Array.from({ length: 40 }, () => Buffer.concat([words([0xfffb9064]), Buffer.alloc(413)])))
  return Buffer.concat([Buffer.from('ID3\u0003\0\0', 'latin1'), length, frames, sound])
}
