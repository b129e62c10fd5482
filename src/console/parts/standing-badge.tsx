import type { Child } from "hono/jsx";
import type { SearchStanding } from "../../catalogue/search/search-row.ts";
import { Badge, type Tone } from "./badge.tsx";

const words: Readonly<Record<SearchStanding, readonly [Tone, string]>> = {
  live: ["success", "publiée"],
  review: ["new", "à relire"],
  "out-of-scope": ["neutral", "hors champ"],
  withdrawn: ["warning", "retirée"],
  draft: ["neutral", "brouillon"],
  deleted: ["error", "rejetée"],
  merged: ["neutral", "fusionnée"],
};

/** How an aid stands in a word, said of an aide. */
export function standingLabel(standing: SearchStanding): string {
  return words[standing][1];
}

/** How an aid stands. */
export function StandingBadge({ standing }: { readonly standing: SearchStanding }): Child {
  const [tone, label] = words[standing];
  return <Badge tone={tone} label={label} />;
}
