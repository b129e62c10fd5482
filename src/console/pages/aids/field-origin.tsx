import type { Child } from "hono/jsx";
import type { ExplainedField } from "../../../curation/explain-fields.ts";
import { frenchDayOf } from "../../../french/dates.ts";
import { ruleName } from "../../../french/suggestions.ts";
import { capitalize, french } from "../../../french/typography.ts";
import type { FieldPolicy } from "../../../model/aid/field-policy.ts";

/** Renders the origin of a value, and what happens when the publisher changes it. */
export function Origin({ account }: { readonly account: ExplainedField }): Child {
  const { broughtBy, policy } = account;
  return (
    <>
      {valueOriginMessage(account)}
      {broughtBy?.runId != null && (
        <>
          {" "}
          <a href={`/collectes/${broughtBy.runId}`}>{`collecte du ${frenchDayOf(broughtBy.at)}`}</a>
        </>
      )}
      {french` · ${capitalize(policies[policy])}.`}
    </>
  );
}

/** Returns a field with the origin that most fields share, or null if no two fields share one. */
export function usualOrigin(accounts: readonly ExplainedField[]): ExplainedField | null {
  const sharing = (account: ExplainedField) => accounts.filter((other) => originOf(other) === originOf(account)).length;
  const [most] = accounts.filter((account) => sharing(account) > 1).sort((a, b) => sharing(b) - sharing(a));
  return most ?? null;
}

/** Returns a text that is equal for two fields if `Origin` renders the same. */
export function originOf(account: ExplainedField): string {
  return [valueOriginMessage(account), account.broughtBy?.runId, account.policy].join("\n");
}

/** Returns the origin of the shown value and of the publisher's value. A link to the run can follow. */
function valueOriginMessage({ from, edit, keptSince, proposal, broughtBy }: ExplainedField): string {
  const waits = proposal === null ? "" : french` Le changement du producteur attend une réponse depuis le ${frenchDayOf(proposal.at)}.`;
  const source =
    broughtBy === null
      ? ""
      : broughtBy.isUndo
        ? french` Valeur du producteur, rendue par une annulation :`
        : french` Valeur du producteur :`;
  const publishersOrigin = broughtBy === null ? " Le producteur n’en a jamais rien dit." : broughtBy.runId === null ? "" : source;
  if (edit?.suggestion !== undefined) {
    const accepted = edit.suggestion.confirmed ? "acceptée" : "acceptée pour plusieurs aides";
    return french`Suggestion de Moisson (${ruleName(edit.suggestion.rule)}), ${accepted} par ${edit.by}, le ${frenchDayOf(edit.at)}${edit.note === null ? "" : french` (« ${edit.note} »)`}.${waits}${publishersOrigin}`;
  }
  if (edit !== null)
    return french`Correction de ${edit.by}, le ${frenchDayOf(edit.at)}${edit.note === null ? "" : french` (« ${edit.note} »)`}.${waits}${publishersOrigin}`;
  if (from === "kept")
    return french`Valeur précédente du producteur, gardée${keptSince === null ? "" : french` depuis le ${frenchDayOf(keptSince)}`}.${waits}${publishersOrigin}`;
  if (broughtBy?.runId == null) return "Du producteur.";
  return broughtBy.isUndo ? french`Du producteur, rendue par une annulation :` : french`Du producteur :`;
}

/** What happens when the publisher changes a field of a published aid. */
const policies: Readonly<Record<FieldPolicy, string>> = {
  publisher: "suit le producteur",
  review: "les changements du producteur sont relus",
  curator: "les changements du producteur ne sont pas repris",
  fill: "le producteur ne remplit que s’il est vide",
};
