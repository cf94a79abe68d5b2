/**
 * Some jobs read and write nothing that answers others. What a job with cookies sees is meant for one account; the addresses of
 * media (`media_urls`) may be signed for whoever asked, and a result is seen by its owner alone.
 */
import type { JobEnvelope, JobOptions } from '@video-scraper/contracts'
import type { ExtractionStore } from '@video-scraper/store'
import type { SourceWay } from './exits/source-access.ts'

interface SharedDependencies {
  extractions: ExtractionStore | null
  reuseFiles?: boolean
}

/** The dependencies of a task as they are for this job and its way to the source. */
export const dependenciesFor = <Dependencies extends SharedDependencies>(
  dependencies: Dependencies,
  { options }: JobEnvelope,
  way: Pick<SourceWay, 'name'>,
): Dependencies =>
  isPrivate(options)
    ? { ...dependencies, extractions: null, ...(dependencies.reuseFiles === undefined ? {} : { reuseFiles: false }) }
    : { ...dependencies, extractions: dependencies.extractions?.through(way.name) ?? null }

const isPrivate = (options: JobOptions): boolean =>
  options.cookies !== undefined || ('media_urls' in options && options.media_urls === true)
