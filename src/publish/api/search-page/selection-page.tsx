import type { ApiVisit } from "../api-route.ts";
import { FoundAidCard, untilWhen } from "./found-aid.tsx";
import { searchDocument, searchPath, underOf } from "./page-frame.tsx";
import { type FoundAid, selectedAids } from "./read-search.ts";

/** Maximum number of aids in a selection. */
const maxSelected = 50;

/** The chosen aids, to print or to send. Their numbers are in the address, so nothing is stored. */
export async function selectionPage(visit: ApiVisit): Promise<Response> {
  const under = underOf(visit);
  const numbers = visit.query.getAll("aide").filter((text) => /^\d{1,15}$/.test(text));
  const aids = await selectedAids(visit, [...new Set(numbers.map(Number))].slice(0, maxSelected));
  return searchDocument(visit, {
    title: "Ma sélection d’aides",
    content: (
      <>
        <h1>Ma sélection d’aides</h1>
        {aids.length === 0 ? (
          <p>
            Aucune aide n’est choisie. <a href={`${under}${searchPath}`}>Chercher une aide</a>
          </p>
        ) : (
          <>
            <p class="no-print">
              Pour imprimer : Ctrl + P. <a href={mailOf(aids, visit.request.url)}>Envoyer par courriel</a>
            </p>
            {aids.map((aid) => (
              <FoundAidCard aid={aid} isChoosable={false} under={under} />
            ))}
          </>
        )}
      </>
    ),
  });
}

/** Returns a `mailto:` link with titles, deadlines and pages of the aids, cut where mail programs stop reading. */
function mailOf(aids: readonly FoundAid[], address: string): string {
  const maxBody = 1500;
  const lines = aids.map(({ record }) =>
    [record.name, untilWhen(record), record.origin_url ?? ""].filter((line) => line !== "").join("\n"),
  );
  const whole = lines.join("\n\n");
  const body = whole.length <= maxBody ? whole : `${whole.slice(0, whole.lastIndexOf("\n\n", maxBody))}\n\nToute la sélection : ${address}`;
  return `mailto:?subject=${encodeURIComponent("Aides pour notre commune")}&body=${encodeURIComponent(body)}`;
}
