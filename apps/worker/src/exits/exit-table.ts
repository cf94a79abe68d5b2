/** The operator's exits and rates, as they are used. */
import type { UpstreamProxy } from '@video-scraper/egress'
import type { SiteRate } from '@video-scraper/queue'

/** One way out of this service. */
export interface Exit {
  /** `site youtube.com, 2`: where it stands in the file. For the log; holds nothing of its address. */
  readonly name: string
  /** Tells it from all others, also those that differ in their credentials alone. A digest with a key of this service. */
  readonly digest: string
  /** Null: straight to the source. */
  readonly proxy: UpstreamProxy | null
}

export interface ExitTable {
  /** By registrable domain; never an empty list. */
  readonly sites: ReadonlyMap<string, readonly Exit[]>
  /** By two capital letters; as above. */
  readonly countries: ReadonlyMap<string, readonly Exit[]>
  /** By registrable domain. */
  readonly rates: ReadonlyMap<string, SiteRate>
}

export const NO_EXITS: ExitTable = { sites: new Map(), countries: new Map(), rates: new Map() }
