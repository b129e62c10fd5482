import type { Child } from "hono/jsx";
import type { TrailEntry } from "../../../catalogue/accounts/audit-repository.ts";
import type { Period } from "../../../catalogue/runs/digest-facts.ts";
import { momentOf } from "../../../jobs/digest/french/time.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { ActButton } from "../../parts/form.tsx";
import type { Visit } from "../../visit.ts";
import { actLabel } from "../accounts/act-labels.ts";
import { isOps } from "../connectors/run-buttons.tsx";

/** Entries of the audit trail that are read, and shown. */
const entriesRead = 100;
const entriesShown = 10;

/** The acts that the cards lead to. */
const acts: ReadonlySet<string> = new Set([
  "plan.apply",
  "plan.discard",
  "plan.follow",
  "plan.apply-without-fields",
  "plan.undo",
  "run.ask",
  "connector.pause",
  "connector.resume",
  "letter.make",
  "words.accept",
  "words.keep",
  "key.keep",
  "publisher.action-done",
  "card.set-aside",
]);

/** A decision of the period, with the form that takes it back. */
interface Done {
  readonly entry: TrailEntry;
  readonly connector: string | null;
  /** Name of the connector or of the card, or "". */
  readonly about: string;
  readonly href: string | null;
  readonly undo: { readonly label: string; readonly action: string; readonly fields: Readonly<Record<string, string>> } | null;
}

/** Reads the last decisions of the period, newest first. `names`: of connectors, by id. */
export async function readDone(visit: Visit, period: Period, names: ReadonlyMap<string, string>): Promise<readonly Done[]> {
  const { catalogue } = visit;
  const entries = await catalogue.audit.list({ from: parisDay(period.since) }, { limit: entriesRead, offset: 0 });
  const decided = entries.filter(({ act, at, isUnfinished }) => acts.has(act) && !isUnfinished && at > period.since).slice(0, entriesShown);
  return Promise.all(decided.map((entry) => doneOf(visit, entry, names)));
}

async function doneOf({ catalogue }: Visit, entry: TrailEntry, names: ReadonlyMap<string, string>): Promise<Done> {
  const { act, subject, details } = entry;
  const [, kind = "", id = ""] = /^(\S+) (\S+)$/.exec(subject ?? "") ?? [];
  const connector = typeof details.connector === "string" ? details.connector : kind === "connecteur" ? id : null;
  const about =
    typeof details.card === "string"
      ? details.card
      : connector === null
        ? kind === ""
          ? (subject ?? "")
          : ""
        : (names.get(connector) ?? connector);
  const none = { entry, connector, about, href: null, undo: null };
  switch (act) {
    case "plan.apply":
    case "plan.apply-without-fields": {
      const plan = await catalogue.plans.find(id);
      const isUndoable = plan !== null && plan.appliedAt !== null && plan.undoneBy === null && plan.origin !== "undo";
      const undo = { label: "Défaire", action: `/plans/${id}/defaire`, fields: { appliquer: "oui" } };
      return { ...none, href: `/plans/${id}`, undo: isUndoable ? undo : null };
    }
    case "plan.discard":
      return {
        ...none,
        href: `/plans/${id}`,
        undo:
          connector === null || !names.has(connector)
            ? null
            : { label: "Relire ce flux", action: `/connecteurs/${connector}/lancer`, fields: { options: "force" } },
      };
    case "plan.follow":
      return { ...none, href: connector === null ? null : `/connecteurs/${connector}/versions` };
    case "run.ask":
      return { ...none, href: typeof details.run === "string" ? `/collectes/${details.run}` : null };
    case "connector.pause":
      return { ...none, href: `/connecteurs/${id}`, undo: { label: "Reprendre", action: `/connecteurs/${id}/reprendre`, fields: {} } };
    case "card.set-aside": {
      const isThere = (await catalogue.setAsides.list(connector ?? undefined)).some((aside) => aside.id === details.aside);
      const fields = { id: String(details.aside) };
      return { ...none, undo: isThere ? { label: "Défaire", action: "/decisions/reprendre", fields } : null };
    }
    case "plan.undo":
      return { ...none, href: `/plans/${id}` };
    default:
      return { ...none, href: kind === "connecteur" ? `/connecteurs/${id}` : kind === "producteur" ? `/producteurs/${id}` : null };
  }
}

/** Renders what people have decided since the last working morning. */
export function DoneList({ visit, done }: { readonly visit: Visit; readonly done: readonly Done[] }): Child {
  if (done.length === 0) return null;
  return (
    <section class="fr-mb-4w" aria-labelledby="traite">
      <h2 id="traite">Traité</h2>
      <ul class="moisson-items">
        {done.map(({ entry, about, href, undo }) => (
          <li>
            {entry.by} {actLabel(entry.act)}
            {about !== "" && <> : {href === null ? about : <a href={href}>{about}</a>}</>}
            {about === "" && href !== null && (
              <>
                {" "}
                <a href={href}>Voir</a>
              </>
            )}{" "}
            <span class="moisson-mention">{momentOf(entry.at.toISOString())}</span>{" "}
            {undo !== null && isOps(visit) && (
              <ActButton
                action={undo.action}
                csrf={visit.csrf}
                label={undo.label}
                about={about}
                kind="tertiary"
                fields={{ ...undo.fields, retour: "/#traite" }}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
