import type { Child } from "hono/jsx";
import { type SearchStanding, searchStandings } from "../../../catalogue/search/search-row.ts";
import { fieldNameOrKey } from "../../../french/fields.ts";
import { counted, french } from "../../../french/typography.ts";
import type { SetAside } from "../../../model/run/set-aside.ts";
import { standingLabel } from "../../parts/badge.tsx";
import { ParagraphLink } from "../../parts/paragraph-link.tsx";
import { formatNumber } from "../../parts/table.tsx";
import { formatDay } from "../../parts/time.ts";

/** A connector's number of aids by status, and its number of words without a translation. */
export function ConnectorAids(given: {
  readonly id: string;
  readonly counts: Partial<Record<SearchStanding, number>>;
  readonly words: number;
}): Child {
  const { id, counts, words } = given;
  const present = searchStandings.filter((standing) => (counts[standing] ?? 0) > 0);
  return (
    <>
      {present.length === 0 && <p>Le catalogue n’a aucune aide de ce connecteur.</p>}
      <ul class="moisson-figures">
        {present.map((standing) => (
          <li>
            <a href={`/aides?connecteur=${id}&situation=${standing}`}>
              <strong>{formatNumber(counts[standing] ?? 0)}</strong> {standingLabel(standing)}
              {(counts[standing] ?? 0) > 1 && /(ée|on)$/.test(standingLabel(standing)) ? "s" : ""}
            </a>
          </li>
        ))}
      </ul>
      {words > 0 && <ParagraphLink href={`/mots?connecteur=${id}`} label={counted(words, "mot à traduire", "mots à traduire")} />}
    </>
  );
}

/** The issues and silences of a connector that somebody has set aside. */
export function SetAsides({ asides }: { readonly asides: readonly SetAside[] }): Child {
  if (asides.length === 0) return null;
  return (
    <>
      <h2>Mis de côté</h2>
      <ul>
        {asides.map((aside) => (
          <li>{french`${asideName(aside)}, jusqu'au ${formatDay(aside.until)}, par ${aside.by} : ${aside.reason}`}</li>
        ))}
      </ul>
    </>
  );
}

function asideName({ what, issueCode, field }: SetAside): string {
  if (what === "silence") return "Silence de ce connecteur";
  return french`Anomalie ${issueCode ?? ""}${field === null ? "" : french` du champ « ${fieldNameOrKey(field)} »`}`;
}
