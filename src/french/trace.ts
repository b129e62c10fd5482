import type { Issue } from "../model/issue.ts";
import type { GuardFinding } from "../model/plan/guard.ts";
import type { Standing, Trouble } from "../model/trace/standing.ts";
import { frenchDay, frenchDayOf } from "./dates.ts";
import { fieldName } from "./fields.ts";
import { guardMessage } from "./guards.ts";
import { issueMessage } from "./issues.ts";
import { placeMessage } from "./places.ts";
import { outcomeMessages } from "./runs.ts";
import { counted, french, isPlural } from "./typography.ts";

type SentenceOf<Kind extends { readonly code: string }> = {
  readonly [Code in Kind["code"]]: (fact: Extract<Kind, { readonly code: Code }>) => string;
};

const standings: SentenceOf<Standing> = {
  published: ({ by, at }) => french`en ligne, publiée${actorAndDay(by, at)}`,
  waits: ({ missing }) =>
    missing.length === 0
      ? french`dans le catalogue, pas en ligne : elle attend d'être relue ; rien ne manque pour la publier`
      : french`dans le catalogue, pas en ligne : elle attend d'être relue, et il manque pour la publier : ${missing.map(fieldName).join(", ")}`,
  unpublished: ({ by, at, note }) => french`dans le catalogue, pas en ligne : dépubliée${actorAndDay(by, at)}${noteMessage(note)}`,
  rejected: ({ by, at, note }) =>
    french`pas en ligne : rejetée${actorAndDay(by, at)}${noteMessage(note)} ; elle le reste quoi que dise son flux`,
  withdrawn: ({ by, at, note }) =>
    french`pas en ligne : retirée${actorAndDay(by, at)}${noteMessage(note)} ; elle le reste quoi que dise son flux`,
  merged: ({ into, by, at }) => french`pas en ligne : fusionnée dans ${into}${actorAndDay(by, at)}`,
  suspended: ({ watch, isOver }) =>
    french`pas en ligne : suspendue par ${watch.by} jusqu'au ${frenchDay(watch.until)}${isOver ? french` ; ce jour est venu, quelqu'un doit la revoir` : ""}${noteMessage(watch.reason)}`,
  "left-feed": ({ withdrawnAt, since, runs }) =>
    french`pas en ligne : retirée le ${frenchDay(withdrawnAt)} parce qu'elle a quitté son flux${since === null ? "" : french`, dont elle est absente depuis le ${frenchDayOf(since)} (${counted(runs, "collecte")})`} ; elle reviendra avec lui`,
  removed: ({ by, at, runId }) =>
    french`plus dans le catalogue : supprimée${actorAndDay(by, at)}, en défaisant ${runId === null ? "ce qui l’avait créée" : "la collecte qui l’avait créée"}`,
  "plan-open": ({ plan }) =>
    french`pas encore dans le catalogue : reçue le ${frenchDayOf(plan.createdAt)}, mais le plan qui la crée attend une décision${heldMessage(plan.guards)}`,
  "plan-closed": ({ plan }) =>
    french`pas dans le catalogue : reçue le ${frenchDayOf(plan.createdAt)}, mais le plan qui la créait a été ${closedPlanWord(plan.state)}${actorAndDay(plan.closedBy, plan.closedAt)}${noteMessage(plan.note)}`,
  ours: ({ of, at }) => french`pas reprise : c'est notre propre aide ${of}, revenue par ce flux le ${frenchDayOf(at)}`,
  "record-rejected": ({ run, locator, reasons, isLast }) =>
    french`pas dans le catalogue : son enregistrement (${placeMessage(locator)}) a été rejeté par la ${isLast ? "dernière collecte, " : "collecte "}du ${frenchDayOf(run.startedAt)} : ${rejectionReasons(reasons)}${isLast ? "" : french` ; aucune collecte ne l'a rejeté depuis`}`,
  unknown: () => french`pas dans le catalogue, et rien ne dit pourquoi`,
};

const troubles: SentenceOf<Trouble> = {
  "record-rejected": ({ run, locator, reasons }) =>
    french`son enregistrement (${placeMessage(locator)}) a été rejeté par la dernière collecte, du ${frenchDayOf(run.startedAt)} : ${rejectionReasons(reasons)}`,
  absent: ({ since, runs }) => french`elle n'est plus dans son flux depuis le ${frenchDayOf(since)} (${counted(runs, "collecte")})`,
  "plan-open": ({ guards }) => french`un plan qui la concerne attend une décision${heldMessage(guards)}`,
  "feed-unread": ({ outcome, at }) =>
    french`la dernière collecte, du ${frenchDayOf(at)}, n'a pas pu lire le flux : ${outcomeMessages[outcome]}`,
  "deadline-past": ({ deadline }) => french`sa date de clôture est passée : ${frenchDay(deadline)}`,
  proposals: ({ fields }) =>
    french`${counted(fields.length, "changement")} de son producteur ${isPlural(fields.length) ? "attendent" : "attend"} une réponse : ${fields.map(fieldName).join(", ")}`,
};

/** Returns why an aid is or is not in the catalogue and online, in one sentence without subject, capital or full stop. */
export function standingMessage(standing: Standing): string {
  return (standings[standing.code] as (fact: Standing) => string)(standing);
}

/** Returns a further warning about an aid, in one sentence without capital or full stop. */
export function troubleMessage(trouble: Trouble): string {
  return (troubles[trouble.code] as (fact: Trouble) => string)(trouble);
}

/** Returns why a record was rejected: its errors, or its other issues if it has none. */
export function rejectionReasons(reasons: readonly Issue[]): string {
  const errors = reasons.filter(({ severity }) => severity === "error");
  return (errors.length > 0 ? errors : reasons).map(({ code, params }) => issueMessage(code, params)).join(french` ; `);
}

/** ` par Marie le 25 novembre 2026`: who and when, if known. A run is not a person. */
function actorAndDay(by: string | null, at: string | null): string {
  return `${by === null || by === "run" ? "" : ` par ${by}`}${at === null ? "" : ` le ${frenchDayOf(at)}`}`;
}

/** Returns the note of a person: ` (« trop vieux »)`. */
export function noteMessage(note: string | null): string {
  return note === null ? "" : french` (« ${note} »)`;
}

/** Returns `, retenu par un garde-fou : …`; empty if no guard holds the plan. */
export function heldMessage(guards: readonly GuardFinding[]): string {
  return guards.length === 0 ? "" : french`, retenu par un garde-fou : ${guards.map(guardMessage).join(french` ; `)}`;
}

/** Returns how a plan was closed without being applied, as an adjective. */
export function closedPlanWord(state: string): string {
  return state === "overtaken" ? "dépassé" : "écarté";
}
