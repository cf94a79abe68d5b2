/** What needs a disk: `save`. */
export { type Savable, type SavedFile, type SaveOptions, type SaveProgress, save } from './save.ts'
