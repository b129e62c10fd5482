import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { furtherSources } from "../../../curation/decide-source.ts";
import { type ExplainedField, explainFields } from "../../../curation/explain-fields.ts";
import { bestSuggestions } from "../../../curation/waiting-suggestions.ts";
import { isEmptyValue } from "../../../model/aid/aid.ts";
import { defaultPolicy } from "../../../model/aid/field-policy.ts";
import { warningsOf } from "../../../model/aid/publication-warnings.ts";
import { missingForDescription } from "../../../model/aid/publishable.ts";
import { shownContent } from "../../../model/aid/shown-value.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { lifeOfAid } from "../../../model/trace/life-of-aid.ts";
import { standingOf } from "../../../model/trace/standing.ts";
import type { TraceFacts } from "../../../model/trace/trace.ts";
import { lacksOf } from "../../../publish/exports/outlet-lacks.ts";
import { findAid } from "../../curation/act-on-aid.ts";
import { likelyDuplicatesOf } from "../../curation/likely-duplicates-of.ts";
import { NotFound } from "../../route.ts";
import type { Visit } from "../../visit.ts";

/** The data of an aid's page. `definition`: null if the connector no longer exists; `life`: newest first. */
export type AidView = Awaited<ReturnType<typeof readAidView>>;

/** Reads the data of an aid's page. Throws `NotFound`. */
export async function readAidView(visit: Visit, aidId: string) {
  const { catalogue, now } = visit;
  const aid = await findAid(visit, aidId);
  const definition = (await visit.console.jobs.connectors()).find((loaded) => loaded.definition.id === aid.connector)?.definition ?? null;
  const content = shownContent(aid);
  const facts = await factsOfAid(visit, aid);
  const { standing, troubles } = standingOf(facts, parisDay(now));
  const history = facts.revisions.map((revision) => ({ ...revision, isUndo: revision.origin === "undo" }));
  return {
    aid,
    title: content.name,
    definition,
    standing,
    troubles,
    outOfScope: aid.status === "reviewable" ? content.outOfScope : null,
    // To be fully described.
    missing: missingForDescription(content),
    // Missing fields for each place where it can appear; null if it is complete.
    lacks: await readLacks(visit, aidId),
    // Why a person should look at it before it is published.
    warnings: warningsOf({ ...aid, content }, parisDay(now)),
    accounts: explainFields(
      aid,
      history,
      (field) => definition?.policy[field] ?? defaultPolicy(field),
      await furtherSources(catalogue, aid),
    ),
    links: await catalogue.links.ofAid(aid.aidId),
    duplicates: aid.status === "merged" || aid.status === "deleted" ? [] : await likelyDuplicatesOf(catalogue, aid),
    // The best suggestion for each empty field.
    suggestions: bestSuggestions(aid),
    life: lifeOfAid(facts).reverse(),
  };
}

async function readLacks({ catalogue }: Visit, aidId: string): Promise<ReturnType<typeof lacksOf>> {
  const { value: page } = await catalogue.aids.list({ aidId }).next();
  const aid = page?.[0];
  if (aid === undefined) throw new NotFound("Cette aide vient d’être supprimée.");
  return lacksOf(aid, (await catalogue.reuseBases.inForce()).get(aid.connector)?.basis ?? null);
}

/** Reads the trace of an aid over all runs. */
export async function factsOfAid({ catalogue }: Visit, { aidId, connector, externalId }: CuratedAid): Promise<TraceFacts> {
  return catalogue.aidTraces.facts({ place: "catalogue", connector, externalId, aidId, title: null, seen: null });
}

/** Returns true if a field is empty in the catalogue and at the publisher. */
export function isEmptyField({ shown, publisher, edit }: ExplainedField): boolean {
  return isEmptyValue(shown) && isEmptyValue(publisher) && edit === null;
}
