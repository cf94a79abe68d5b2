/** Which addresses are those of a player's source. Nothing else that a job names is ever fetched by the worker. */

const LENGTH_MAX = 200

/** The id is made of the content, so that what lies at one address does not change. */
const PLAYER = /^https:\/\/www\.youtube\.com\/s\/player\/[0-9a-f]{8}(?:\/[\w-][\w.-]*){1,4}$/

/** Whether the text is the address of a script of YouTube's own, below the folder of one player. */
export const isPlayerAddress = (text: string): boolean =>
  text.length <= LENGTH_MAX && PLAYER.test(text) && text.endsWith('.js')
