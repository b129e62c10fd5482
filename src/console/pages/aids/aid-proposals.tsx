import type { Child } from "hono/jsx";
import { frenchDayOf } from "../../../french/dates.ts";
import { fieldName } from "../../../french/fields.ts";
import { capitalize, french } from "../../../french/typography.ts";
import { Difference } from "../../parts/diff.tsx";
import { ActButton } from "../../parts/form-controls.tsx";
import { mayCurate, type Visit } from "../../visit.ts";
import type { AidView } from "./read-aid-view.ts";

/** Renders the publisher's changes that wait for an answer: both values, and the buttons to accept or refuse. */
export function AidProposals({ visit, view }: { readonly visit: Visit; readonly view: AidView }): Child {
  const { aid, accounts } = view;
  const waiting = accounts.filter(({ proposal }) => proposal !== null);
  if (waiting.length === 0 || aid.status === "deleted" || aid.status === "merged") return null;
  const revision = String(aid.revision);
  const answers = (fields: Readonly<Record<string, string>>, about: string) =>
    mayCurate(visit) && (
      <div class="fr-mt-1w">
        <ActButton
          action={`/aides/${aid.aidId}/accepter`}
          csrf={visit.csrf}
          label="Accepter"
          about={about}
          kind="primary"
          fields={{ revision, ...fields }}
        />
        <ActButton
          action={`/aides/${aid.aidId}/refuser`}
          csrf={visit.csrf}
          label="Refuser"
          about={about}
          fields={{ revision, ...fields }}
        />
      </div>
    );
  return (
    <section class="fr-mb-4w" id="propositions">
      <h2>Ce que le producteur propose</h2>
      {waiting.map(({ field, shown, publisher, proposal }) => (
        <section class="fr-mb-3w">
          <h3 class="fr-h6 fr-mb-1v">{capitalize(fieldName(field))}</h3>
          <p class="moisson-mention fr-mb-1w">
            {proposal !== null && (
              <a href={`/collectes/${proposal.runId}`}>{french`Proposé par la collecte du ${frenchDayOf(proposal.at)}`}</a>
            )}
          </p>
          <Difference
            field={field}
            before={shown}
            after={publisher}
            titles={["Le catalogue montre", "Le producteur propose"]}
            language={aid.imported.language}
          />
          {answers({ champ: field }, french`la proposition : ${fieldName(field)}`)}
        </section>
      ))}
      {waiting.length > 1 && mayCurate(visit) && (
        <section>
          <h3 class="fr-h6 fr-mb-1v">Toutes à la fois</h3>
          {answers({}, "toutes les propositions de cette aide")}
        </section>
      )}
    </section>
  );
}
