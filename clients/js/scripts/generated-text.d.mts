/** What the tests need of `generated-text.mjs`. */
export function operationsOf(document: object): { id: string }[]
export function operationsText(document: object): string
export function schemasText(document: object): string
