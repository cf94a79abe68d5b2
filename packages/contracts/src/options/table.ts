/** The options that each kind of job takes: one row and one file each. */
import { Type } from 'typebox'
import type { JobKind } from '../words.ts'
import { formatId } from './format-id.ts'
import { type OptionTable, type OptionValues, optionFields } from './option.ts'
import { subtitles } from './subtitles.ts'
import { thumbnail } from './thumbnail.ts'

export const infoOptions = {} as const satisfies OptionTable

export const downloadOptions = {
  format_id: formatId,
  subtitles,
  thumbnail,
} as const satisfies OptionTable

export type InfoOptions = OptionValues<typeof infoOptions>
export type DownloadOptions = OptionValues<typeof downloadOptions>

export const optionsOfKind: Readonly<Record<JobKind, OptionTable>> = { info: infoOptions, download: downloadOptions }

/** What a payload may hold: the options of every kind. */
export const JobOptions = Type.Object(optionFields({ ...infoOptions, ...downloadOptions }), {
  additionalProperties: false,
})
export type JobOptions = InfoOptions & DownloadOptions
