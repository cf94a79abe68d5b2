/** The scripts of this package: `lua/<name>.lua`. */
import { scriptsIn } from '@video-scraper/store'

export const script = scriptsIn(new URL('../lua/', import.meta.url))
