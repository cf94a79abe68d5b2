/** Starts yt-dlp once as jobs do, and says what holds it; and goes on with less where that is allowed. */
import type { EngineParts } from './engine-options.ts'
import type { SandboxInForce } from './event-parts.ts'
import { question } from './question.ts'

/** yt-dlp starts, but not in a complete sandbox. */
export class SandboxUnavailable extends Error {
  override readonly name = 'SandboxUnavailable'

  constructor(cause: unknown) {
    super(
      `Jobs cannot be kept in their sandbox here (${cause instanceof Error ? cause.message : String(cause)}), so the worker does ` +
        'not start. Use Linux 5.13 or later with Landlock switched on, on x86_64 or aarch64: npm run sandbox -- --probe shows ' +
        'what is missing. To run jobs with less protection instead, set SANDBOX=best-effort and read docs/security.md first.',
      { cause },
    )
  }
}

const versionOf = (engine: EngineParts) => question(engine, { mode: 'version' })

export async function describe(engine: EngineParts): Promise<{ version: string; sandbox: SandboxInForce }> {
  const { sandbox, users } = engine
  try {
    return await versionOf(engine)
  } catch (error) {
    const shared = users && (await versionOf({ ...engine, users: null }).catch(() => null))
    if (shared !== null) {
      engine.users = null
      engine.logger?.warn(
        { reason: error instanceof Error ? error.message.trim() : String(error), python: engine.python },
        'jobs share the user of the worker, which protects them less from each other, since yt-dlp does not start as another user. Where this Python is the reason, set PYTHON to one that all users can read (docs/security.md)',
      )
      return shared
    }
    if (sandbox === null) throw error
    const described = await versionOf({ ...engine, sandbox: null }).catch(() => {
      // Both are missing.
      engine.users = null
      return versionOf({ ...engine, sandbox: null })
    })
    if (sandbox.required) throw new SandboxUnavailable(error)
    engine.sandbox = null
    engine.logger?.warn({ err: error }, 'yt-dlp does not start in its sandbox, so jobs run without one')
    return described
  }
}
