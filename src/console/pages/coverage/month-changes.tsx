import type { Child } from "hono/jsx";
import type { Exchange } from "../../../catalogue/publishers/exchange-repository.ts";
import { frenchMonth } from "../../../french/dates.ts";
import { exchangeSentence } from "../../../french/exchanges.ts";
import { counted, french } from "../../../french/typography.ts";
import { monthBegins, parisMonth } from "../../../partners/figures/paris-months.ts";
import { Collapsible } from "../../parts/collapsible.tsx";
import { formatDay } from "../../parts/time.ts";
import type { Visit } from "../../visit.ts";
import type { Coverage } from "./coverage-rows.ts";

/** Number of changes shown before « Voir … autres ». */
const shownFirst = 8;

/** Changes since the start of the month: stages of publishers, published and withdrawn aids. `names`: names of publishers by id. */
export async function MonthChanges(given: {
  readonly visit: Visit;
  readonly aids: Coverage["moves"];
  readonly onSite: number;
  readonly names: ReadonlyMap<string, string>;
}): Promise<Child> {
  const { visit, aids, onSite, names } = given;
  const { catalogue, now } = visit;
  const month = parisMonth(now);
  const [stages, cameOnline] = await Promise.all([
    catalogue.exchanges.since("stage", monthBegins(month)),
    catalogue.exchanges.since("online", monthBegins(month)),
  ]);
  const moves = movesOf(stages, cameOnline).filter(({ publisherId }) => names.has(publisherId));
  return (
    <section class="fr-mb-4w" aria-labelledby="mois">
      <h2 id="mois">{french`Ce qui a changé en ${frenchMonth(month)}`}</h2>
      <p>
        {french`Aides : ${counted(aids.entered, "entrée")}, ${counted(aids.left, "sortie")} ; ${counted(onSite, "aide")} en ligne. `}
        <a href="/chiffres">Les chiffres mois par mois</a>
      </p>
      {moves.length === 0 ? <p>Aucun producteur n’a changé d’étape.</p> : <Moves moves={moves.slice(0, shownFirst)} names={names} />}
      {moves.length > shownFirst && (
        <Collapsible summary={french`Voir ${counted(moves.length - shownFirst, "autre changement", "autres changements")}`}>
          <Moves moves={moves.slice(shownFirst)} names={names} />
        </Collapsible>
      )}
    </section>
  );
}

function Moves({ moves, names }: { readonly moves: readonly Exchange[]; readonly names: ReadonlyMap<string, string> }): Child {
  return (
    <ul>
      {moves.map(({ publisherId, at, kind, details }) => (
        <li>
          <a href={`/producteurs/${publisherId}`}>{names.get(publisherId)}</a>
          {french`, le ${formatDay(at)} : ${exchangeSentence(kind, details) ?? ""}`}
        </li>
      ))}
    </ul>
  );
}

/** Returns the changes, newest first. A publisher that came online appears once. */
function movesOf(stages: readonly Exchange[], cameOnline: readonly Exchange[]): readonly Exchange[] {
  const moved = new Set(stages.filter(({ details }) => details.to === "online").map(({ publisherId }) => publisherId));
  return [...stages, ...cameOnline.filter(({ publisherId }) => !moved.has(publisherId))].sort((a, b) => b.at.getTime() - a.at.getTime());
}
