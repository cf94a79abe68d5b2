/**
 * The client: one method for each operation, and calls that wait by themselves. The methods of each domain are a class in `methods`. A
 * class of JavaScript has one parent, so each of them extends another; what stands on others (a wait cancels a job) comes after them.
 */
import { type ClientOptions, configurationOf } from './configuration.ts'
import { PlaylistMethods } from './methods/playlist-methods.ts'

export class VideoScraper extends PlaylistMethods {
  /** Connects to nothing. Throws a `UsageError` for options that cannot work. */
  constructor(options: ClientOptions = {}) {
    super(configurationOf(options))
  }
}
