/** `thumbnail` as the runner is notified of it (`python/thumbnail.py`). */
import type { OptionMeaning } from './option-meaning.ts'

export const thumbnail: OptionMeaning<boolean> = { beside: (wanted) => (wanted ? { thumbnail: true } : {}) }
