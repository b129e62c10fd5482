/**
 * Times that make an instant of a day: `2026-12-31T21:59:59Z`. In UTC and in Paris, winter or summer, both are on this day, so that a reader
 * who cuts the text at `T` sees the day that we mean. Midnight in Paris would be 23:00 or 22:00 of the day before.
 */
export const dayStart = "T00:00:00Z";
/** The end of a day: see `dayStart`. */
export const dayEnd = "T21:59:59Z";
