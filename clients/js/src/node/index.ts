/** What needs a disk: `save`. */
export { type Savable, type SavedFile, type SavedPart, type SaveOptions, type SaveProgress, save } from './save.ts'
