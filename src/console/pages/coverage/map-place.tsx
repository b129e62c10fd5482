import type { Child } from "hono/jsx";
import { counted, french } from "../../../french/typography.ts";
import { aidsOf } from "./coverage-columns.ts";
import { fillOf } from "./coverage-patterns.tsx";
import { addressOfPublishers, authorityWords, type CoverageRow } from "./coverage-rows.ts";
import { stateWord } from "./state-words.ts";

/** A place of the map as a link to its publishers, with its name and how far one is as text. Its shape is inside. */
export function PlaceLink(given: {
  readonly row: CoverageRow;
  readonly theme: string | null;
  readonly patterns?: string;
  readonly children?: Child;
}): Child {
  const { row, theme, patterns, children } = given;
  const said = placeSentence(row, theme);
  return (
    <a href={addressOfPublishers(row.key)} aria-label={said} class={`moisson-map__place is-${row.state}`} data-etat={row.state}>
      <title>{said}</title>
      <g fill={fillOf(row.state, patterns)}>{children}</g>
    </a>
  );
}

/** « Bretagne : en discussion (accord), 3 aides propres au territoire en ligne ». */
function placeSentence(row: CoverageRow, theme: string | null): string {
  const { territory, state } = row;
  const stage = authorityWords(row);
  const detail = stage === null || stage === stateWord(state) ? "" : ` (${stage})`;
  return french`${territory.name} : ${stateWord(state)}${detail}, ${counted(aidsOf(row, theme).own, "aide propre", "aides propres")} au territoire`;
}
