import type { Child } from "hono/jsx";
import type { RunAftermath } from "../../catalogue/runs/run-aftermath.ts";
import type { SearchStanding } from "../../catalogue/search/search-row.ts";
import { joinedWithAnd } from "../../french/typography.ts";
import { isToLookAt, type RunFigures } from "../../model/run/run-attention.ts";
import type { Outcome } from "../../model/run/run-error.ts";

/** Colour of a badge. The label has the same meaning, for people who do not see colours. */
export type Tone = "success" | "error" | "warning" | "info" | "new" | "neutral";

/** A longer label may take two lines. */
const maxLineLength = 24;

/** A coloured label. */
export function Badge({ tone, label }: { readonly tone: Tone; readonly label: string }): Child {
  const color = tone === "neutral" ? "" : ` fr-badge--${tone}`;
  const long = label.length > maxLineLength ? " moisson-long-badge" : "";
  return <span class={`fr-badge fr-badge--sm fr-badge--no-icon${color}${long}`}>{label}</span>;
}

const outcomes: Readonly<Record<Outcome, readonly [Tone, string]>> = {
  applied: ["success", "appliquée"],
  "applied-with-rejects": ["new", "appliquée, avec des rejets"],
  unchanged: ["success", "sans changement"],
  planned: ["info", "préparée"],
  held: ["warning", "retenue"],
  unreachable: ["error", "injoignable"],
  refused: ["error", "refusée"],
  unreadable: ["error", "illisible"],
  "stopped-early": ["error", "flux interrompu"],
  cancelled: ["neutral", "annulée"],
  abandoned: ["error", "interrompue"],
  failed: ["error", "en échec"],
};

/** Returns the French label of an outcome. */
export function outcomeLabel(outcome: Outcome): string {
  return outcomes[outcome][1];
}

const aftermaths: Readonly<Record<RunAftermath, readonly [Tone, string]>> = {
  applied: ["success", "puis appliquée"],
  "part-applied": ["info", "puis appliquée en partie"],
  discarded: ["neutral", "puis écartée"],
  overtaken: ["neutral", "puis remplacée"],
  undone: ["warning", "puis défaite"],
};

/** The end of a run. `since`: what happened to its plan later. */
interface RunEnd extends RunFigures {
  readonly since: RunAftermath | null;
}

/** Returns the label of an outcome, with rejects and warnings, and of what happened to the plan later; null while the run is not ended. */
export function runLabel(run: RunEnd): string | null {
  const { outcome, since } = run;
  if (outcome === null) return null;
  return since === null ? endLabel(outcome, run) : `${outcomeLabel(outcome)}, ${aftermaths[since][1]}`;
}

function endLabel(outcome: Outcome, run: RunFigures): string {
  if (!isToLookAt(run)) return outcomeLabel(outcome);
  const hasRejects = outcome === "applied-with-rejects" || (run.rejected ?? 0) > 0;
  const parts = [...(hasRejects ? ["des rejets"] : []), ...((run.warnings ?? 0) > 0 ? ["des avertissements"] : [])];
  return `${outcomeLabel(outcome === "applied-with-rejects" ? "applied" : outcome)}, avec ${joinedWithAnd(parts)}`;
}

/** The state of a run: waiting, running, or its outcome. Yellow if it ended well, but somebody should look at it. */
export function RunBadge({
  state,
  outcome,
  since = null,
  ...figures
}: Partial<RunEnd> & { readonly state: "queued" | "running" | "ended" }): Child {
  if (state === "queued") return <Badge tone="neutral" label="en attente" />;
  if (state === "running") return <Badge tone="new" label="en cours" />;
  if (outcome == null) return <Badge tone="error" label="sans fin connue" />;
  const { rejected = null, warnings = null } = figures;
  const end = { outcome, since, rejected, warnings };
  const [tone] = since === null ? outcomes[outcome] : aftermaths[since];
  return <Badge tone={since === null && isToLookAt(end) ? "new" : tone} label={runLabel(end) ?? ""} />;
}

const standings: Readonly<Record<SearchStanding, readonly [Tone, string]>> = {
  live: ["success", "publiée"],
  review: ["new", "à relire"],
  "out-of-scope": ["neutral", "hors champ"],
  withdrawn: ["warning", "retirée"],
  draft: ["neutral", "brouillon"],
  deleted: ["error", "rejetée"],
  merged: ["neutral", "fusionnée"],
};

/** Returns the French label of an aid's status. */
export function standingLabel(standing: SearchStanding): string {
  return standings[standing][1];
}

/** The status of an aid. */
export function StandingBadge({ standing }: { readonly standing: SearchStanding }): Child {
  const [tone, label] = standings[standing];
  return <Badge tone={tone} label={label} />;
}
