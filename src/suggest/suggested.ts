import type { Suggestion } from "../model/aid/suggestion.ts";

/** A suggestion before its certainty is looked up. */
export type Suggested = Omit<Suggestion, "certainty">;
