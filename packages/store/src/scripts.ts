/** The scripts of this package: `lua/<name>.lua`. */
import { scriptsIn } from './script.ts'

export const script = scriptsIn(new URL('../lua/', import.meta.url))
