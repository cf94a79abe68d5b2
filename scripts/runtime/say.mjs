/** How the scripts speak: plain lines, and one kind of error whose text is the whole message. */

// Whoever read along may leave first (`npm start | tee log`, then Ctrl-C). That is no reason to leave a stack unfinished.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

/** Prints a line for the person in front of the terminal. */
export function say(line) {
  process.stdout.write(`${line}\n`)
}

/** Something the person can mend. Its message is shown as it is, without a stack trace. */
export class UserFacingError extends Error {}

/** Runs a script's story, and ends the process with 1 and a readable text when it fails. */
export async function tell(story) {
  try {
    await story()
  } catch (cause) {
    process.stderr.write(`${cause instanceof UserFacingError ? cause.message : (cause?.stack ?? cause)}\n`)
    process.exitCode = 1
  }
}
