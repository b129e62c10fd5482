import type { AidFilter, CuratedAid } from "../../src/catalogue/aids/aid-repository.ts";
import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";
import { type Answer, decideAnswer } from "../../src/curation/decide-answer.ts";
import { decideEdit } from "../../src/curation/decide-edit.ts";
import { decidePublish } from "../../src/curation/decide-status.ts";
import type { Curator } from "../../src/curation/person-plan.ts";
import type { Verdict } from "../../src/curation/persons-change.ts";
import { applyActs, planActs } from "../../src/curation/plan-acts.ts";
import type { AidField } from "../../src/model/aid/aid.ts";
import type { Objection } from "../../src/model/plan/objection.ts";
import type { PerField } from "../../src/model/plan/plan.ts";
import { flattened, testNow } from "./made-aids.ts";

/** Marie, on the day of every test run. */
export const marie: Curator = { by: "marie", now: testNow, note: "seen with the publisher" };

/** Returns one aid with all its layers. */
export async function curatedAid(catalogue: Catalogue, filter: AidFilter): Promise<CuratedAid> {
  const [aid] = await flattened(catalogue.aids.curated(filter));
  if (aid === undefined) throw new Error(`no aid ${JSON.stringify(filter)}`);
  return aid;
}

/** Applies a curator's action to one aid. Returns the objection, or null. */
export async function act(catalogue: Catalogue, filter: AidFilter, decide: (aid: CuratedAid) => Verdict): Promise<Objection | null> {
  const aid = await curatedAid(catalogue, filter);
  const { plan, refused } = await planActs(catalogue, marie, { connector: aid.connector, asked: {} }, [[aid]], decide);
  if (plan !== null) await applyActs(catalogue, plan.planId, marie, true);
  const [first] = refused;
  return first === undefined ? null : { code: first.code, params: first.params };
}

/** Edits fields, or removes their edits. */
export function edit(catalogue: Catalogue, filter: AidFilter, values: PerField<unknown>, withdrawn: readonly AidField[] = []) {
  return act(catalogue, filter, (aid) => decideEdit(aid, { values, withdrawn }, marie));
}

/** Completes an aid of `smallDefinition` and publishes it. */
export async function publish(catalogue: Catalogue, filter: AidFilter): Promise<void> {
  await edit(catalogue, filter, {
    contact: "<p>Marie</p>",
    aidTypes: ["technical-engineering"],
    mobilizationSteps: ["preop"],
    categories: ["eau-potable"],
    financerSuggestion: "la région",
    perimeterSuggestion: "la région",
  });
  const refused = await act(catalogue, filter, (aid) => decidePublish(aid, marie));
  if (refused !== null) throw new Error(JSON.stringify(refused));
}

/** Accepts or refuses the proposals of an aid. */
export function answer(catalogue: Catalogue, filter: AidFilter, said: Answer, fields: readonly AidField[] | null = null) {
  return act(catalogue, filter, (aid) => decideAnswer(aid, said, fields, marie));
}
