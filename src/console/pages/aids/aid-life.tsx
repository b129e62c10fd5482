import type { Child } from "hono/jsx";
import { fieldName } from "../../../french/fields.ts";
import { placeMessage } from "../../../french/places.ts";
import { fieldActionName } from "../../../french/plans.ts";
import { closedPlanWord, heldMessage, noteMessage, rejectionReasons } from "../../../french/trace.ts";
import { capitalize, counted, french, sentence } from "../../../french/typography.ts";
import type { AidField } from "../../../model/aid/aid.ts";
import type { Change, RevisionKind } from "../../../model/plan/plan.ts";
import type { RemarkCode } from "../../../model/plan/remark.ts";
import type { LifeEvent } from "../../../model/trace/life-of-aid.ts";
import type { Reception, TracedPlan, TracedRevision } from "../../../model/trace/trace.ts";
import { Difference } from "../../parts/diff.tsx";
import { formatShortDateTime } from "../../parts/time.ts";

/**
 * Renders the history of an aid, newest first, with links to runs and plans. `more`: URL of the whole history, or null; `language`: the
 * language of the aid.
 */
export function AidLife(given: {
  readonly life: readonly LifeEvent[];
  readonly more: string | null;
  readonly language: string | null;
}): Child {
  const { life, more, language } = given;
  return (
    <>
      <ul class="moisson-life fr-raw-list">
        {life.map((event) => (
          <li>
            <p class="fr-mb-1v">
              <span class="moisson-mention">{`${formatShortDateTime(new Date(event.at))} – `}</span>
              {sentence(lifeMessage(event))} <Links event={event} />
            </p>
            <Changed fields={fieldsOf(event)} language={language} />
          </li>
        ))}
      </ul>
      {more !== null && (
        <p>
          <a href={more}>Toute l’histoire de l’aide</a>
        </p>
      )}
    </>
  );
}

function Links({ event }: { readonly event: LifeEvent }): Child {
  const { runId, planId } = idsOf(event);
  const at = formatShortDateTime(new Date(event.at));
  return (
    <>
      {runId !== null && (
        <a href={`/collectes/${runId}`}>
          Collecte<span class="fr-sr-only"> du {at}</span>
        </a>
      )}
      {runId !== null && planId !== null && " · "}
      {planId !== null && (
        <a href={`/plans/${planId}`}>
          Plan<span class="fr-sr-only"> du {at}</span>
        </a>
      )}
    </>
  );
}

function idsOf(event: LifeEvent): { readonly runId: string | null; readonly planId: string | null } {
  if (event.what === "changed") return event.revision;
  if (event.what === "planned") return event.plan;
  if (event.what === "remark") return { runId: null, planId: event.remark.planId };
  return { runId: event.lastRunId, planId: null };
}

function fieldsOf(event: LifeEvent): Change["fields"] {
  if (event.what === "changed") return event.revision.fields;
  return event.what === "planned" ? event.plan.fields : {};
}

function Changed({ fields, language }: { readonly fields: Change["fields"]; readonly language: string | null }): Child {
  const changed = Object.entries(fields);
  if (changed.length === 0) return null;
  return (
    <details>
      <summary>{`${counted(changed.length, "champ")} : ${changed.map(([field]) => fieldName(field as AidField)).join(", ")}`}</summary>
      {changed.map(([field, change]) => (
        <section class="fr-my-2w">
          <p class="fr-text--bold fr-mb-1v">{`${capitalize(fieldName(field as AidField))} – ${fieldActionName(change.action)}`}</p>
          <Difference
            field={field as AidField}
            before={change.current}
            after={change.incoming}
            titles={["Affiché avant", "Nouvelle valeur"]}
            language={language}
          />
        </section>
      ))}
    </details>
  );
}

const done: Readonly<Record<RevisionKind, string>> = {
  create: "créée",
  update: "modifiée par son flux",
  withdraw: "retirée",
  restore: "rétablie",
  "re-identify": "reconnue sous un nouvel identifiant",
  remove: "supprimée du catalogue",
  edit: "corrigée",
  publish: "publiée",
  unpublish: "dépubliée",
  reject: "rejetée",
  merge: "fusionnée dans une autre aide",
  split: "séparée de l’aide où elle était fusionnée",
  accept: "proposition acceptée",
  refuse: "proposition refusée",
  confirm: "confirmée",
  suspend: "suspendue",
  adopt: "reprise du site",
  "choose-source": "dotée d’une autre source pour un champ",
  combine: "complétée par ses autres sources",
};

const receptions: Readonly<Record<Reception, string>> = {
  received: "reçue, sans changement",
  absent: "absente du flux",
  rejected: "enregistrement rejeté",
  unread: "flux non lu",
  unknown: "rien ne dit si le flux la contenait",
};

const remarks: Readonly<Record<RemarkCode, string>> = {
  spared: "laissée telle quelle par une annulation : elle avait changé depuis",
  "doubtful-pair": "peut-être la même aide qu’une autre",
  "our-own": "une aide de notre catalogue revenue par ce flux",
  "renamed-rejected": "revenue sous un nouvel identifiant après avoir été rejetée ou fusionnée",
  "linked-elsewhere": "rattachée à une aide d’un autre connecteur",
  "known-elsewhere": "déjà apportée par un autre connecteur",
  "contradicts-elsewhere": "en contradiction avec une autre source",
  "maybe-elsewhere": "peut-être déjà apportée par un autre connecteur",
  "no-match": "une aide du site qui n’est aucune des nôtres",
  "not-in-file": "une aide absente du nouveau fichier de son producteur",
  "territory-changed": "un territoire modifié par une nouvelle édition",
};

/** Returns an event of the history in a few French words, without capital and full stop. */
function lifeMessage(event: LifeEvent): string {
  switch (event.what) {
    case "changed":
      return changedMessage(event.revision);
    case "planned":
      return plannedMessage(event.plan);
    case "remark":
      return remarkedMessage(event.remark);
    case "rejected":
      return french`enregistrement rejeté (${placeMessage(event.locator)}) : ${rejectionReasons(event.reasons)}${inRuns(event.runs)}`;
    default:
      return `${receptions[event.reception]}${inRuns(event.runs)}`;
  }
}

function inRuns(runs: number): string {
  return runs === 1 ? "" : french` (${counted(runs, "collecte")} de suite)`;
}

function remarkedMessage({ code, externalId, params }: Extract<LifeEvent, { what: "remark" }>["remark"]): string {
  const other = code === "doubtful-pair" ? (externalId ?? params.with) : (params.of ?? params.was);
  if (typeof other === "string") return french`${remarks[code]} : ${other}`;
  const { fields } = params;
  return Array.isArray(fields) && fields.length > 0 ? french`${remarks[code]} : ${fields.map(nameOf).join(", ")}` : remarks[code];
}

function changedMessage({ kind, by, note, runId, origin, before }: TracedRevision): string {
  const was = kind === "re-identify" && before !== null ? french`, avant « ${before.externalId} »` : "";
  const how = origin !== "undo" ? "" : runId === null ? ", en défaisant un plan" : ", en défaisant une collecte";
  return `${done[kind]}${was}${byWhom(by, origin)}${how}${noteMessage(note)}`;
}

/** A person who applied a run's plan is not the author of its changes. */
function byWhom(by: string | null, origin: TracedRevision["origin"]): string {
  if (by === null || by === "run") return "";
  return origin === "run" ? french`, plan appliqué par ${by}` : french` par ${by}`;
}

function plannedMessage({ kind, state, guards, closedBy, note, locator }: TracedPlan): string {
  const isOpen = state === "open" || state === "part-applied";
  const what = kind === null ? "absente du flux, selon un plan" : french`${isOpen ? "serait" : "aurait été"} ${done[kind]} par un plan`;
  const place = locator === null ? "" : french` (${placeMessage(locator)})`;
  const by = closedBy === null || closedBy === "run" ? "" : french` par ${closedBy}`;
  return `${what}${place}${isOpen ? french` qui attend une décision${heldMessage(guards)}` : french`, ${closedPlanWord(state)} depuis${by}`}${noteMessage(note)}`;
}

function nameOf(field: unknown): string {
  return fieldName(field as AidField) ?? String(field);
}
