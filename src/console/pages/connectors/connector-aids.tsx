import type { Child } from "hono/jsx";
import type { QueueCounts } from "../../../catalogue/aids/review-queue-repository.ts";
import { type SearchStanding, searchStandings } from "../../../catalogue/search/search-row.ts";
import { fieldNameOrKey } from "../../../french/fields.ts";
import { counted, french, isPlural } from "../../../french/typography.ts";
import type { SetAside } from "../../../model/run/set-aside.ts";
import { standingLabel } from "../../parts/badge.tsx";
import { ParagraphLink } from "../../parts/link.tsx";
import { List } from "../../parts/list.tsx";
import { formatNumber } from "../../parts/table.tsx";
import { formatDay } from "../../parts/time.ts";

/**
 * A connector's number of aids by status, and its number of words without a translation. `queues`: its aids in the queues
 * of review.
 */
export function ConnectorAids(given: {
  readonly id: string;
  readonly counts: Partial<Record<SearchStanding, number>>;
  readonly queues: Pick<QueueCounts, "review" | "expired">;
  readonly words: number;
}): Child {
  const { id, counts, queues, words } = given;
  const { review, expired } = queues;
  const present = searchStandings.filter((standing) => standing !== "review" && (counts[standing] ?? 0) > 0);
  return (
    <>
      {present.length + (counts.review ?? 0) === 0 && <p>Le catalogue n’a aucune aide de ce connecteur.</p>}
      <ul class="moisson-figures">
        {review > 0 && (
          <li>
            <a href={`/relecture?connecteur=${id}`}>
              <strong>{formatNumber(review)}</strong> à relire
            </a>
          </li>
        )}
        {expired > 0 && (
          <li>
            <a href={`/relecture/echues?connecteur=${id}`}>
              <strong>{formatNumber(expired)}</strong> {isPlural(expired) ? "échues" : "échue"} pendant l’attente
            </a>
          </li>
        )}
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
      <List
        items={asides.map((aside) => french`${asideName(aside)}, jusqu'au ${formatDay(aside.until)}, par ${aside.by} : ${aside.reason}`)}
      />
    </>
  );
}

function asideName({ what, issueCode, field }: SetAside): string {
  if (what === "silence") return "Silence de ce connecteur";
  if (what === "card") return "Décision de la première page";
  return french`Anomalie ${issueCode ?? ""}${field === null ? "" : french` du champ « ${fieldNameOrKey(field)} »`}`;
}
