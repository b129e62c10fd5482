import { matchReasonName } from "../../../french/changes.ts";
import { frenchDay } from "../../../french/day.ts";
import { french } from "../../../french/typography.ts";
import type { Change } from "../../../model/plan/plan.ts";
import { labelOf } from "../../../model/vocabularies.ts";

/** What is said of a change beside its fields: which aid it is taken for, what becomes of its status, who watches it, a note. */
export function changeRemarks({ kind, externalId, match, state, note }: Change): string[] {
  const said: string[] = [];
  if (kind === "re-identify" && match !== undefined) {
    const old = match.with === externalId ? "?" : match.with;
    said.push(french`Identifiant : ${old} devient ${externalId}`);
  }
  if (match !== undefined && match.reasons.length > 0) {
    const why = match.reasons.map(matchReasonName).join(", ");
    const which = kind === "adopt" ? french`Aide du site ${match.with}. ` : "";
    // Rounded down: 99.7 % is not certain.
    said.push(french`${which}C'est la même aide, à ${Math.floor(match.certainty * 100)} % : ${why}`);
  }
  if (state?.status !== undefined && state.status !== "merged")
    said.push(french`Statut : ${labelOf("status", state.status).toLocaleLowerCase("fr")}`);
  if (state?.withdrawnAt !== undefined) said.push(withdrawal(state.withdrawnAt, state.withdrawnBy ?? null));
  if (state?.watch) said.push(watched(state.watch));
  if (note !== undefined) said.push(french`Note : ${note}`);
  return said;
}

function withdrawal(day: string | null, by: string | null): string {
  if (day === null) return "N’est plus retirée.";
  return `Retirée le ${frenchDay(day)}${by === null ? "" : ` par ${by}`}.`;
}

function watched({ state, until, by, reason }: NonNullable<NonNullable<Change["state"]>["watch"]>): string {
  const why = reason === null ? "" : french` : ${reason}`;
  return `${state === "suspended" ? "Suspendue" : "Confirmée"} jusqu’au ${frenchDay(until)} par ${by}${why}`;
}
