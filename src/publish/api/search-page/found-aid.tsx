import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { readerName } from "../../../french/fields.ts";
import { foreignAidSentence, inLanguage } from "../../../french/foreign-aid.ts";
import { notClassified, undatedMessage, unstated } from "../../../french/open-until.ts";
import { capitalize, french, joinedWithAnd } from "../../../french/typography.ts";
import { unmarkedText } from "../../../kit/values/html/readable-text.ts";
import { foreignLanguageOf } from "../../../kit/values/text/language-of-text.ts";
import { aidFields } from "../../../model/aid/aid.ts";
import { keyInApi } from "../../../model/aid/field-table.ts";
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
  const lang = foreignLanguageOf(record.name, record.language);
  const backers = record.financers.length > 0 ? record.financers.join(", ") : record.financer_suggestion;
  const unclassified = unclassifiedOf(record);
  const ours = filledByUs(record);
  return (
    <article id={`aide-${record.id}`}>
      <h3 lang={lang}>
        {page === null ? record.name : <a href={page}>{record.name}</a>}
        {lang !== undefined && (
          <>
            {" "}
            <span class="tag" lang="fr">
              {inLanguage(lang)}
            </span>
          </>
        )}
      </h3>
      {lang !== undefined && <p>{foreignAidSentence({ ...foreignFacts(record), until: untilWhen(record) })}</p>}
      <p class="by">{backers ?? unknownBackers(record)}</p>
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
        <dd>{record.contact === null ? noContact(record) : raw(record.contact)}</dd>
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
      {unclassified.length > 0 && <p class="source">{`${capitalize(notClassified)} : ${unclassified.join(", ")}.`}</p>}
      {ours.length > 0 && <p class="source">{french`Complété par Moisson, à confirmer auprès du producteur : ${ours.join(", ")}.`}</p>}
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

/** Returns what a reader may miss in an aid that we have not classified yet. The kinds of expenses only matter for money. */
function unclassifiedOf(record: FollowedRecord): string[] {
  const pays = record.aid_types_full.some(({ group }) => group?.slug === "financial");
  const empty: readonly (readonly [string, boolean])[] = [
    [readerName("categories"), record.categories.length === 0],
    [readerName("mobilizationSteps"), record.mobilization_steps.length === 0],
    [readerName("destinations"), record.destinations.length === 0 && pays],
  ];
  return empty.flatMap(([name, isEmpty]) => (isEmpty ? [name.toLowerCase()] : []));
}

/** Names the fields with a value of ours that nobody has confirmed, as readers know them. */
function filledByUs({ filled_by_moisson: filled }: FollowedRecord): string[] {
  const open = new Set(filled.filter(({ confirmed }) => !confirmed).map(({ field }) => field));
  return aidFields.filter((field) => open.has(keyInApi(field))).map((field) => readerName(field).toLowerCase());
}

/** Names who runs an aid whose financers are unknown. They may not pay for it. */
function unknownBackers({ instructors }: FollowedRecord): string {
  return instructors.length === 0 ? `Financeur ${unstated}` : french`Instruite par ${joinedWithAnd(instructors)} ; financeur ${unstated}`;
}

function noContact({ left_out: leftOut }: FollowedRecord): string {
  return leftOut.includes("contact") ? "Une personne, que nous ne nommons pas : voir la page de l’aide" : capitalize(unstated);
}

function foreignFacts({ is_call_for_project: isCall, aid_types: types, financers, targeted_audiences: audiences }: FollowedRecord) {
  return { isCall: isCall === true, types, financers, audiences };
}

function beginningOf({ description }: FollowedRecord): string {
  const text = description === null ? "" : unmarkedText(description).replace(/\s+/g, " ");
  return cutAtWord(text, maxBeginning, "…");
}

/** Returns until when an aid is open: `jusqu'au 31 mars 2027`. Never says « toute l'année » where nobody does. */
export function untilWhen(record: Pick<FollowedRecord, "submission_deadline" | "start_date" | "open_until">): string {
  const { submission_deadline: deadline, start_date: start, open_until: until } = record;
  if (deadline === null) return `${start === null ? "" : `à partir du ${dayInFrench(start)}, `}${undatedMessage(until)}`;
  return start === null ? `jusqu’au ${dayInFrench(deadline)}` : `du ${dayInFrench(start)} au ${dayInFrench(deadline)}`;
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
  return record.aid_types.length === 0 ? unstated : `${record.aid_types.join(", ")} : montant ${unstated}`;
}

const months = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(" ");

/** Returns `1er mars 2027` for `2027-03-01`. */
export function dayInFrench(day: string): string {
  const [year = "", month = "", date = ""] = day.split("-");
  return `${date === "01" ? "1er" : Number(date)} ${months[Number(month) - 1]} ${year}`;
}

function euros(amount: number): string {
  return `${new Intl.NumberFormat("fr-FR").format(amount)} €`;
}
