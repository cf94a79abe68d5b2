/** Why given cookies cannot be stored. */

/** Its message is a sentence for the client that names a line or a place, and never a name or a value of a cookie. */
export class CookieProblem extends Error {
  override readonly name = 'CookieProblem'
}
