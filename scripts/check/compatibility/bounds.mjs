/** Keywords of a schema that bound what may be sent: when one of them lets less through than before. */

const most = (before, after) => after !== undefined && (before === undefined || after < before)
const least = (before, after) => after !== undefined && after > (before ?? Number.NEGATIVE_INFINITY)
const exactly = (before, after) => after !== undefined && after !== before

/** For each keyword: whether `after` takes less than `before` did; undefined is no bound. */
export const narrows = {
  maximum: most,
  exclusiveMaximum: most,
  maxLength: most,
  maxItems: most,
  maxProperties: most,
  minimum: least,
  exclusiveMinimum: least,
  minLength: (before, after) => least(before ?? 0, after),
  minItems: (before, after) => least(before ?? 0, after),
  minProperties: (before, after) => least(before ?? 0, after),
  pattern: exactly,
  format: exactly,
  multipleOf: exactly,
  uniqueItems: (before, after) => after === true && before !== true,
}
