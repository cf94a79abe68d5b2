/** The name of the schema that a reference leads to. */
export const nameOf = ({ $ref }) => $ref.split('/').at(-1)
