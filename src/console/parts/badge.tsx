import type { Child } from "hono/jsx";
import type { Outcome } from "../../aid/run-error.ts";

/** How something is, at a glance; the word says it too. */
export type Tone = "success" | "error" | "warning" | "info" | "new" | "neutral";

/** A word on a coloured ground. */
export function Badge({ tone, label }: { readonly tone: Tone; readonly label: string }): Child {
  return <span class={`fr-badge fr-badge--sm fr-badge--no-icon${tone === "neutral" ? "" : ` fr-badge--${tone}`}`}>{label}</span>;
}

const outcomes: Readonly<Record<Outcome, readonly [Tone, string]>> = {
  applied: ["success", "appliquée"],
  "applied-with-rejects": ["success", "appliquée, avec rejets"],
  unchanged: ["success", "sans changement"],
  planned: ["info", "préparée"],
  held: ["warning", "retenue"],
  unreachable: ["error", "injoignable"],
  refused: ["error", "refusée"],
  unreadable: ["error", "illisible"],
  "stopped-early": ["error", "interrompue"],
  cancelled: ["neutral", "annulée"],
  abandoned: ["error", "abandonnée"],
  failed: ["error", "en échec"],
};

/** The outcome of a run in a word. */
export function outcomeWord(outcome: Outcome): string {
  return outcomes[outcome][1];
}

/** How a run stands: its outcome, or that it waits or goes on. */
export function RunBadge({ state, outcome }: { readonly state: "queued" | "running" | "ended"; readonly outcome: Outcome | null }): Child {
  if (state === "queued") return <Badge tone="neutral" label="en attente" />;
  if (state === "running") return <Badge tone="new" label="en cours" />;
  const [tone, label] = outcome === null ? (["error", "sans fin connue"] as const) : outcomes[outcome];
  return <Badge tone={tone} label={label} />;
}
