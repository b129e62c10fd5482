import type { Child } from "hono/jsx";
import { frenchDayOf } from "../../../french/dates.ts";
import { fieldNameOrKey } from "../../../french/fields.ts";
import { guardName } from "../../../french/guards.ts";
import { french, sentence } from "../../../french/typography.ts";
import { holdingGuard } from "../../../model/plan/guard.ts";
import type { FeedDecision } from "../../../model/run/feed-decision.ts";
import { ActButton } from "../../parts/form-controls.tsx";
import type { FeedView } from "./read-feed-view.ts";

/** Renders what people have decided about the feed, with buttons that end it. `csrf`: null if the visitor may not. */
export function FeedDecisions(given: { readonly view: FeedView; readonly id: string; readonly csrf: string | null }): Child {
  const { view, id, csrf } = given;
  if (view.decisions.length === 0) return null;
  return (
    <section class="fr-mb-4w">
      <h2>Ce que des personnes ont décidé</h2>
      <ul class="moisson-items">
        {view.decisions.map((decision) => (
          <li>
            <p class="fr-mb-1v">{sentence(decisionMessage(decision))}</p>
            <p class="moisson-mention fr-mb-1w">
              {french`${decision.by}, le ${frenchDayOf(decision.at)}${decision.note === null ? "" : french` : ${decision.note}`}`}
            </p>
            {csrf !== null && (
              <ActButton
                action={`/connecteurs/${id}/flux/lever`}
                csrf={csrf}
                label={decision.kind === "hold" ? "Reprendre les valeurs du flux" : "Retenir de nouveau"}
                about={subjectName(decision)}
                fields={{ genre: decision.kind, sujet: decision.subject }}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function decisionMessage({ kind, subject, paths }: FeedDecision): string {
  if (kind === "hold") {
    const until =
      paths.length === 0
        ? "ses valeurs soient de nouveau comme d’habitude"
        : french`le flux remplisse de nouveau ${paths.map((path) => french`« ${path} »`).join(", ")}`;
    return french`le champ « ${fieldNameOrKey(subject)} » garde ses dernières valeurs jusqu'à ce que ${until}`;
  }
  const guard = holdingGuard(subject);
  return guard === undefined
    ? french`le champ du flux « ${subject} » peut disparaître : la collecte avertit, mais n'est plus retenue`
    : french`le garde-fou « ${guardName(guard)} » avertit, mais ne retient plus la collecte`;
}

function subjectName({ kind, subject }: FeedDecision): string {
  const guard = kind === "loosen" ? holdingGuard(subject) : undefined;
  return guard === undefined ? fieldNameOrKey(subject) : guardName(guard);
}
