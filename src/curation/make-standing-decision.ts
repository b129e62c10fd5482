import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { DescriptionLevel } from "../model/aid/field-table.ts";
import { reasonsToRead } from "../model/aid/publication-warnings.ts";
import { missingAt, missingForDescription } from "../model/aid/publishable.ts";
import { shownContent } from "../model/aid/shown-value.ts";
import type { Change } from "../model/plan/plan.ts";
import { publishedLevel, type StandingDecision } from "../model/plan/standing-decision.ts";
import { parisDay } from "../model/text/paris-day.ts";
import { decidePublish } from "./decide-status.ts";
import { decideFill } from "./decide-suggestion.ts";
import type { Curator } from "./person-plan.ts";
import { refused, type Verdict } from "./persons-change.ts";
import { type PlannedActs, planActs } from "./plan-acts.ts";
import { takesSuggestions } from "./waiting-suggestions.ts";

/** A decision that a person makes, without its author and time. */
export type WantedDecision = Pick<StandingDecision, "kind" | "connector" | "publisher" | "field" | "rule" | "value" | "condition">;

/** Which answers a new one replaces, besides an earlier one about the same aids: those that end, and those whose values it takes over. */
export interface Replaced {
  readonly ended: readonly string[];
  readonly former: ReadonlySet<string>;
}

const nothingReplaced: Replaced = { ended: [], former: new Set() };

/**
 * Stores a standing decision, and makes an open plan for the aids that are in the catalogue already. The decision holds at once, whether the
 * plan is applied or not.
 */
export async function makeDecision(
  catalogue: Catalogue,
  curator: Curator,
  wanted: WantedDecision,
  { ended, former }: Replaced = nothingReplaced,
): Promise<{ readonly id: string; readonly acts: PlannedActs }> {
  const { by, now, note = null } = curator;
  const id = await catalogue.standingDecisions.add({ ...wanted, note, by, at: now.toISOString() }, ended);
  const { input, aids, decide } = await decidedActs(catalogue, curator, { ...wanted, id }, former);
  return { id, acts: await planActs(catalogue, curator, input, aids, decide) };
}

/** What a decision would do: the number of aids that change, and the first ones with their changes. */
export interface DecisionPreview {
  readonly changed: number;
  readonly first: readonly { readonly aid: CuratedAid; readonly change: Change }[];
}

const maxPreviewed = 200;

/** Returns what a decision would do to the stored aids. Stores nothing. */
export async function previewDecision(
  catalogue: Catalogue,
  curator: Curator,
  wanted: WantedDecision,
  { former }: Replaced = nothingReplaced,
): Promise<DecisionPreview> {
  const { aids, decide } = await decidedActs(catalogue, curator, { ...wanted, id: "" }, former);
  const first: { aid: CuratedAid; change: Change }[] = [];
  let changed = 0;
  for await (const page of aids) {
    for (const aid of page) {
      const verdict = decide(aid);
      if ("refused" in verdict) continue;
      changed++;
      if (first.length < maxPreviewed) first.push({ aid, change: verdict.change });
    }
  }
  return { changed, first };
}

/**
 * Publishes an aid in review as a run with this decision would. Returns an objection if a field is missing, or if there is a reason to read
 * the aid first.
 */
function decideByPolicy(aid: CuratedAid, level: DescriptionLevel, curator: Curator): Verdict {
  const verdict = decidePublish(aid, curator);
  if ("refused" in verdict) return verdict;
  if (aid.status !== "reviewable" || aid.withdrawnAt !== null) return refused("not-in-review");
  const content = shownContent(aid);
  const missing = missingAt(level, missingForDescription(content), aid.asked);
  if (missing.length > 0) return refused("missing-fields", { fields: missing.join(", ") });
  const reasons = reasonsToRead({ ...aid, content }, level, parisDay(curator.now));
  return reasons.length === 0 ? verdict : refused("has-warnings", { warnings: reasons.join(", ") });
}

/** Returns what a decision does to the stored aids of its connectors: what later runs will do to the aids that they bring. */
async function decidedActs(
  catalogue: Catalogue,
  curator: Curator,
  decision: WantedDecision & Pick<StandingDecision, "id">,
  former: ReadonlySet<string>,
) {
  const { id, kind, field, value, condition } = decision;
  const connectors = await catalogue.standingDecisions.connectorsOf(decision);
  const [connector = null] = connectors.length === 1 ? connectors : [];
  const asked = { act: kind === "publish" ? "publish" : "suggest", decision: id, ...(field && { field }) };
  const level = publishedLevel([decision]) ?? "fullyDescribed";
  const decide = (aid: CuratedAid): Verdict =>
    field === null ? decideByPolicy(aid, level, curator) : decideFill(aid, { id, field, value, condition, former }, curator);
  return { input: { connector, asked }, aids: concernedAids(catalogue, decision, connectors, former.size > 0), decide };
}

async function* concernedAids(
  catalogue: Catalogue,
  { kind, field }: Pick<StandingDecision, "kind" | "field">,
  connectors: readonly string[],
  replaces: boolean,
): AsyncGenerator<readonly CuratedAid[]> {
  for (const connector of connectors) {
    const filter = {
      connector,
      ...(kind === "publish" ? { status: "reviewable" as const, isOutOfScope: false } : field && !replaces && { lacks: field }),
    };
    for await (const page of catalogue.aids.curated(filter)) yield page.filter(takesSuggestions);
  }
}
