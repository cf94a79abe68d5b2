/** Text of strangers for a terminal: no control character reaches it, none that turns the direction of writing either. */

export const plainText = (value: unknown): string =>
  String(value ?? '').replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ' ')

/** Rows as columns; the first row is the head. */
export function tableText(rows: readonly (readonly unknown[])[]): string {
  const texts = rows.map((row) => row.map(plainText))
  const widths = (texts[0] ?? []).map((_, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)))
  return texts
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
