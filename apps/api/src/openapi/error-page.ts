/** The page of all error codes, drawn from the tables that the errors themselves are made of. */
import { requestErrors } from '@video-scraper/contracts'
import { failureRules, warningSentences } from '@video-scraper/core'

/** Nothing but the page itself and its own styles. */
export const ERROR_PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
table { border-collapse: collapse; width: 100%; margin-bottom: 2rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid #ddd; }
code { font-family: ui-monospace, monospace; white-space: nowrap; }
tr:target { background: #fff6d5; }
`

export function errorPage(title: string): string {
  const refusals = Object.entries(requestErrors).map(([code, { status, retryable, message }]) =>
    row(code, String(status), message, yesOrNo(retryable)),
  )
  const failures = Object.entries(failureRules).map(([code, { message, nextStep, retryable }]) =>
    row(code, message, nextStep, yesOrNo(retryable)),
  )
  const warnings = Object.entries(warningSentences).map(([code, sentence]) => row(code, sentence))
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escaped(title)}: error codes</title><style>${STYLE}</style></head>
<body>
<h1>Error codes</h1>
<p>A code never changes its meaning. New codes may come.</p>
<h2>A request is refused</h2>
${table(['code', 'status', 'sentence', 'may work later'], refusals)}
<h2>A job fails</h2>
<p>The request was accepted, so the status of the answer is 200. The status of the job is <code>failed</code>.</p>
${table(['code', 'sentence', 'next step', 'may work later'], failures)}
<h2>A job warns</h2>
<p>The job goes on. Its result lacks something.</p>
${table(['code', 'sentence'], warnings)}
</body>
</html>
`
}

const table = (heads: string[], rows: string[]) =>
  `<table><thead><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`

const row = (code: string, ...cells: string[]) =>
  `<tr id="${code}"><td><code>${code}</code></td>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`

const yesOrNo = (value: boolean) => (value ? 'yes' : 'no')

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
