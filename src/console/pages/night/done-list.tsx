import type { Child } from "hono/jsx";
import type { TrailEntry } from "../../../catalogue/accounts/audit-repository.ts";
import type { Period } from "../../../catalogue/runs/digest-facts.ts";
import type { RunRecord } from "../../../catalogue/runs/run-repository.ts";
import { actLabel } from "../../../french/acts.ts";
import { momentOf } from "../../../french/moments.ts";
import { outcomeMessages } from "../../../french/runs.ts";
import { counted, french } from "../../../french/typography.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { Collapsible } from "../../parts/collapsible.tsx";
import { ActButton } from "../../parts/form-controls.tsx";
import type { Visit } from "../../visit.ts";
import { isOps } from "../connectors/start-and-pause.tsx";

/** Entries of the audit trail that are read, decisions that are listed, and those that are not folded. */
const entriesRead = 200;
const entriesListed = 20;
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
  "letter.send",
  "letter.sent-by-hand",
  "words.accept",
  "words.keep",
  "key.keep",
  "publisher.action-done",
  "card.set-aside",
]);

/** A decision of the period, and how to take it back: a form, or the page where this is done. */
interface Done {
  readonly entry: TrailEntry;
  readonly connector: string | null;
  /** Name of the connector or of the card, or "". */
  readonly about: string;
  readonly href: string | null;
  /** What became of the run that it started; null without one. */
  readonly result: string | null;
  readonly undo:
    | { readonly label: string; readonly action: string; readonly fields: Readonly<Record<string, string>> }
    | { readonly label: string; readonly href: string }
    | null;
}

/** Reads the last decisions of the period, newest first. `names`: of connectors, by id. */
export async function readDone(visit: Visit, period: Period, names: ReadonlyMap<string, string>): Promise<readonly Done[]> {
  const { catalogue } = visit;
  const entries = await catalogue.audit.list({ from: parisDay(period.since) }, { limit: entriesRead, offset: 0 });
  const decided = entries
    .filter(({ act, at, isUnfinished }) => acts.has(act) && !isUnfinished && at > period.since)
    .slice(0, entriesListed);
  return Promise.all(decided.map((entry) => doneOf(visit, entry, names)));
}

async function doneOf({ catalogue }: Visit, entry: TrailEntry, names: ReadonlyMap<string, string>): Promise<Done> {
  const { act, subject, details } = entry;
  const [, kind = "", id = ""] = /^(\S+) (\S+)$/.exec(subject ?? "") ?? [];
  const connector = connectorOf(entry, kind, id);
  const about =
    typeof details.card === "string"
      ? details.card
      : connector === null
        ? kind === ""
          ? (subject ?? "")
          : ""
        : (names.get(connector) ?? connector);
  const startedRun = act === "run.ask" || act === "plan.follow";
  const result = startedRun && typeof details.run === "string" ? resultOf(await catalogue.runs.find(details.run)) : null;
  const none = { entry, connector, about, href: null, result, undo: null };
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
      return { ...none, href: hrefOfRun(details.run), undo: connector === null ? null : backToVersion(connector) };
    case "words.keep":
      return connector === null
        ? { ...none, href: "/mots" }
        : { ...none, href: `/connecteurs/${connector}`, undo: backToVersion(connector) };
    case "words.accept":
      return { ...none, href: "/mots/essais" };
    case "run.ask":
      return { ...none, href: hrefOfRun(details.run) };
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

/** Returns the connector that an act is about; for words of several connectors, none. */
function connectorOf({ details }: TrailEntry, kind: string, id: string): string | null {
  if (typeof details.connector === "string") return details.connector;
  const several = (details.connectors ?? []) as readonly (string | { readonly connector: string })[];
  const [first] = several.map((one) => (typeof one === "string" ? one : one.connector));
  if (first !== undefined) return several.length === 1 ? first : null;
  return kind === "connecteur" ? id : null;
}

function hrefOfRun(run: unknown): string | null {
  return typeof run === "string" ? `/collectes/${run}` : null;
}

function backToVersion(connector: string) {
  return { label: "Revenir à la version d’avant", href: `/connecteurs/${connector}/versions` };
}

/** Says what became of a run: « sans changement (40 enregistrements lus) ». */
function resultOf(run: RunRecord | null): string | null {
  if (run === null) return null;
  if (run.outcome === null) return "collecte en cours";
  const received = run.report?.counts.received ?? 0;
  return received === 0
    ? outcomeMessages[run.outcome]
    : french`${outcomeMessages[run.outcome]} (${counted(received, "enregistrement lu", "enregistrements lus")})`;
}

/** Renders what people have decided since the last working morning. */
export function DoneList({ visit, done }: { readonly visit: Visit; readonly done: readonly Done[] }): Child {
  if (done.length === 0) return null;
  const others = done.slice(entriesShown);
  return (
    <section class="fr-mb-4w" aria-labelledby="traite">
      <h2 id="traite">Traité</h2>
      <Decisions visit={visit} done={done.slice(0, entriesShown)} />
      {others.length > 0 && (
        <Collapsible summary={french`Voir ${counted(others.length, "décision plus ancienne", "décisions plus anciennes")}`}>
          <Decisions visit={visit} done={others} />
        </Collapsible>
      )}
    </section>
  );
}

function Decisions({ visit, done }: { readonly visit: Visit; readonly done: readonly Done[] }): Child {
  return (
    <ul class="moisson-items">
      {done.map(({ entry, about, href, result, undo }) => (
        <li>
          {entry.by} {actLabel(entry.act)}
          {about !== "" && <> : {href === null ? about : <a href={href}>{about}</a>}</>}
          {about === "" && href !== null && (
            <>
              {" "}
              <a href={href}>Voir</a>
            </>
          )}
          {result !== null && french` – ${result}`} <span class="moisson-mention">{momentOf(entry.at.toISOString())}</span>{" "}
          {undo !== null && isOps(visit) && <Undo visit={visit} undo={undo} about={about} />}
        </li>
      ))}
    </ul>
  );
}

function Undo(given: { readonly visit: Visit; readonly undo: NonNullable<Done["undo"]>; readonly about: string }): Child {
  const { visit, undo, about } = given;
  if ("href" in undo)
    return (
      <a href={undo.href}>
        {undo.label}
        <span class="fr-sr-only"> : {about}</span>
      </a>
    );
  const { label, action, fields } = undo;
  return (
    <ActButton action={action} csrf={visit.csrf} label={label} about={about} kind="tertiary" fields={{ ...fields, retour: "/#traite" }} />
  );
}
