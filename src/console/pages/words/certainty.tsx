import type { Child } from "hono/jsx";
import { certaintyInWords } from "../../../french/survey-evidence.ts";
import { Badge } from "../../parts/badge.tsx";

/** How sure a suggestion is, in a word. */
export function Certainty({ certainty }: { readonly certainty: number }): Child {
  const tone = certainty >= 0.65 ? "success" : certainty >= 0.4 ? "warning" : "neutral";
  return <Badge tone={tone} label={certaintyInWords(certainty)} />;
}
