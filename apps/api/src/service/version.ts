/** The version of the product, as the status and the document say it. */
export const VERSION = '1.0.0'
