/** What the tests need of `generated-files.mjs`. */
export function operationsOf(document: object): { id: string; query: string[] }[]
export function generatedFiles(document: object): Record<string, string>
