/** A decoded record. */
export type Values = Readonly<Record<string, unknown>>;
