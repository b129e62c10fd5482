import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { unmarkedText } from "../../../kit/values/html/readable-text.ts";
import { foreignLanguageOf } from "../../../kit/values/text/language-of-text.ts";
import { cutAtWord } from "../cut-at-word.ts";
import type { FollowedRecord } from "../follow/followed-records.ts";
import { reportPagePath } from "../reports/report-path.ts";
import type { FoundAid } from "./read-search.ts";

/** Longest beginning of a description, in characters. */
const maxBeginning = 280;

/** An aid as a town clerk needs it: until when, how much, who to call, where to apply, what to check first. */
export function FoundAidCard({
  aid,
  isChoosable,
  under,
}: {
  readonly aid: FoundAid;
  readonly isChoosable: boolean;
  /** Path of the API's public address, without final slash. */
  readonly under: string;
}): Child {
  const { record, warnings } = aid;
  const page = record.origin_url;
  const beginning = beginningOf(record);
  return (
    <article id={`aide-${record.id}`}>
      <h3 lang={foreignLanguageOf(record.name, record.language)}>{page === null ? record.name : <a href={page}>{record.name}</a>}</h3>
      {record.financers.length > 0 && <p class="by">{record.financers.join(", ")}</p>}
      {warnings.waitBefore !== null && (
        <p class="warning">
          <strong>Avant de commencer :</strong> « {warnings.waitBefore} »
        </p>
      )}
      {warnings.population !== null && (
        <p class="warning">
          <strong>À vérifier, seuil d’habitants :</strong> « {warnings.population} »
        </p>
      )}
      {warnings.basin !== null && (
        <p class="warning">
          <strong>À vérifier :</strong> aide réservée au bassin {warnings.basin}. L’agence de l’eau dit si votre commune en fait partie.
        </p>
      )}
      <p lang={foreignLanguageOf(beginning, record.language)}>{beginning}</p>
      <dl>
        <dt>Jusqu’à quand</dt>
        <dd>{untilWhen(record)}</dd>
        <dt>Combien</dt>
        <dd>{howMuch(record)}</dd>
        <dt>Qui appeler</dt>
        <dd>{record.contact === null ? "Voir la page de l’aide" : raw(record.contact)}</dd>
        <dt>Où demander</dt>
        <dd>
          {record.application_url !== null ? (
            <a href={record.application_url}>Déposer une demande</a>
          ) : page === null ? (
            "Auprès du contact"
          ) : (
            <a href={page}>Sur la page de l’aide</a>
          )}
        </dd>
      </dl>
      <p class="source">
        Source : {record.publisher.name ?? "producteur inconnu"}, {dayInFrench(record.date_updated.slice(0, 10))}.{" "}
        <a class="no-print" href={`${under}${reportPagePath}?aide=${record.id}`} aria-label={`Signaler une erreur : ${record.name}`}>
          Signaler une erreur
        </a>
      </p>
      {isChoosable && (
        <p class="choose">
          <label>
            <input type="checkbox" name="aide" value={String(record.id)} aria-label={`Garder dans ma sélection : ${record.name}`} /> Garder
            dans ma sélection
          </label>
        </p>
      )}
    </article>
  );
}

function beginningOf({ description }: FollowedRecord): string {
  const text = description === null ? "" : unmarkedText(description).replace(/\s+/g, " ");
  return cutAtWord(text, maxBeginning, "…");
}

/**
 * Returns until when an aid is open: `jusqu'au 31 mars 2027`. Feeds state no deadline for a call whose deadline is only in a text, so such a
 * call is not said to be open all year, although its recurrence is « Permanente ».
 */
export function untilWhen(
  record: Pick<FollowedRecord, "submission_deadline" | "start_date" | "recurrence" | "is_call_for_project">,
): string {
  const { submission_deadline: deadline, start_date: start, recurrence, is_call_for_project: isCall } = record;
  const opening = start === null ? "" : `ouverte le ${dayInFrench(start)}, `;
  if (deadline !== null) return `${opening}jusqu’au ${dayInFrench(deadline)}`;
  return recurrence === "Permanente" && isCall !== true ? "toute l’année" : "date non précisée : demandez au contact";
}

/** Returns what an aid can pay: `taux maximal annoncé : 50 % des dépenses`. Publishers pay less than their highest rate. */
function howMuch(record: FollowedRecord): string {
  const { subvention_rate_lower_bound: lower, subvention_rate_upper_bound: upper } = record;
  const atLeast = lower !== null && upper !== null && lower < upper ? ` (au moins ${lower} %)` : "";
  const parts = [
    upper !== null ? `taux maximal annoncé : ${upper} % des dépenses${atLeast}` : "",
    upper === null && lower !== null ? `taux minimal annoncé : ${lower} % des dépenses` : "",
    record.subvention_comment ?? "",
    record.loan_amount === null ? "" : `prêt jusqu’à ${euros(record.loan_amount)}`,
    record.recoverable_advance_amount === null ? "" : `avance jusqu’à ${euros(record.recoverable_advance_amount)}`,
  ].filter((part) => part !== "");
  if (parts.length > 0) return parts.join(" ; ");
  return record.aid_types.length === 0 ? "non précisé" : `${record.aid_types.join(", ")} : montant non précisé`;
}

const months = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(" ");

/** Returns `1er mars 2027` for `2027-03-01`. */
function dayInFrench(day: string): string {
  const [year = "", month = "", date = ""] = day.split("-");
  return `${date === "01" ? "1er" : Number(date)} ${months[Number(month) - 1]} ${year}`;
}

function euros(amount: number): string {
  return `${new Intl.NumberFormat("fr-FR").format(amount)} €`;
}
