/** One schema for each body that the gateway reads or writes. Documented keys are never left out: unknown is null. */

export {}
