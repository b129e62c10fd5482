import type { Child } from "hono/jsx";
import type { FieldAccount } from "../../../curation/aid-account.ts";
import { frenchDayOf } from "../../../french/day.ts";
import { fieldName } from "../../../french/fields.ts";
import { capital, french } from "../../../french/typography.ts";
import { sameValue } from "../../../model/aid/same-value.ts";
import { Difference } from "../../parts/diff.tsx";
import { FieldValue } from "../../parts/field-value.tsx";
import { ActButton } from "../../parts/form.tsx";
import type { Visit } from "../../visit.ts";
import type { AidView } from "./read-aid-view.ts";
import { ownerMessage } from "./value-accounts.ts";

/** Longer texts are cut, until somebody asks for the whole. */
const longText = 20_000;

/** A field of an aid: what is shown, what the publisher says where that is something else, whose value it is, who owns the field. */
export function AidFieldAccount(given: {
  readonly visit: Visit;
  readonly view: AidView;
  readonly account: FieldAccount;
  readonly mayCurate: boolean;
}): Child {
  const { visit, view, account, mayCurate } = given;
  const { field, shown, publisher, policy, edit } = account;
  const { aid } = view;
  const isPublishers = sameValue(field, shown, publisher);
  const isCut = isLong(shown) || isLong(publisher);
  const isWhole = visit.query.get("entier") === field;
  const name = fieldName(field);
  return (
    <section class="moisson-field" id={`champ-${field}`}>
      <h4 class="fr-text--md fr-mb-1v">{capital(name)}</h4>
      {isPublishers ? (
        <FieldValue field={field} value={shown} isShort={isCut && !isWhole} />
      ) : (
        <Difference
          field={field}
          before={publisher}
          after={shown}
          titles={["Le producteur dit", "Le catalogue montre"]}
          isWhole={isWhole}
        />
      )}
      {isCut && !isWhole && (
        <p class="fr-mb-1v">
          <a href={`/aides/${aid.aidId}?entier=${field}#champ-${field}`}>
            Lire en entier<span class="fr-sr-only"> : {name}</span>
          </a>
        </p>
      )}
      <p class="moisson-mention fr-mb-0">
        {whoseWords(account)}
        {account.broughtBy?.runId != null && (
          <>
            {" "}
            <a href={`/collectes/${account.broughtBy.runId}`}>{`collecte du ${frenchDayOf(account.broughtBy.at)}`}</a>
          </>
        )}
        {french` · ${capital(ownerMessage(policy))}.`}
      </p>
      {edit !== null && mayCurate && aid.status !== "merged" && aid.status !== "deleted" && (
        <div class="fr-mt-1w moisson-no-print">
          <ActButton
            action={`/aides/${aid.aidId}/reprendre`}
            csrf={visit.csrf}
            label="Revenir à la valeur du producteur"
            about={`pour le champ ${name}`}
            kind="tertiary"
            fields={{ champ: field, revision: String(aid.revision) }}
          />
        </div>
      )}
    </section>
  );
}

/** Whose value is shown, and where the publisher's comes from: a run is named after it, by a link. */
function whoseWords({ from, edit, keptSince, proposal, broughtBy }: FieldAccount): string {
  const waits = proposal === null ? "" : french` Le changement du producteur attend une réponse depuis le ${frenchDayOf(proposal.at)}.`;
  const source =
    broughtBy === null
      ? ""
      : broughtBy.isUndo
        ? french` Valeur du producteur, rendue par une annulation :`
        : french` Valeur du producteur :`;
  const beside = broughtBy === null ? " Le producteur n’en a jamais rien dit." : broughtBy.runId === null ? "" : source;
  if (edit !== null)
    return french`Correction de ${edit.by}, le ${frenchDayOf(edit.at)}${edit.note === null ? "" : french` (« ${edit.note} »)`}.${waits}${beside}`;
  if (from === "kept")
    return french`Valeur précédente du producteur, gardée${keptSince === null ? "" : french` depuis le ${frenchDayOf(keptSince)}`}.${waits}${beside}`;
  if (broughtBy?.runId == null) return "Du producteur.";
  return broughtBy.isUndo ? french`Du producteur, rendue par une annulation :` : french`Du producteur :`;
}

function isLong(value: unknown): boolean {
  return typeof value === "string" && value.length > longText;
}
