import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import type { ChangeFilter, PlanPart } from "../../../catalogue/plans/plan-part.ts";
import { fieldName } from "../../../french/fields.ts";
import { changeKindName } from "../../../french/plans.ts";
import { counted, french } from "../../../french/typography.ts";
import { type AidField, aidFields } from "../../../model/aid/aid.ts";
import { type ChangeKind, changeKinds } from "../../../model/plan/plan.ts";
import { CannotDo } from "../../route.ts";

/** Filter of a plan's changes, as read from an address or a form. */
export interface Chosen {
  readonly kind: ChangeKind | null;
  readonly field: AidField | null;
  /** Words of a title, or an identifier; empty for no filter. */
  readonly words: string;
  /** True: pending changes only; false: applied ones only; null: both. */
  readonly isLeft: boolean | null;
  readonly aids: readonly string[];
}

const maxTicked = 200;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads the filter; ignores unknown values. */
export function readChosen(all: (name: string) => readonly string[]): Chosen {
  const one = (name: string) => (all(name).at(-1) ?? "").trim();
  const left = one("reste");
  return {
    kind: changeKinds.find((kind) => kind === one("genre")) ?? null,
    field: aidFields.find((field) => field === one("champ")) ?? null,
    words: one("q").slice(0, 300),
    isLeft: left === "a-faire" ? true : left === "fait" ? false : null,
    aids: [...new Set(all("aide"))].filter((id) => uuid.test(id)).slice(0, maxTicked),
  };
}

/** Tells whether a filter value is unknown, for example after an upgrade. Ignoring it would apply more than the person selected. */
export function isMisread(all: (name: string) => readonly string[], { kind, field, aids }: Chosen): boolean {
  const isNamed = (name: string) => (all(name).at(-1) ?? "").trim() !== "";
  return (isNamed("genre") && kind === null) || (isNamed("champ") && field === null) || new Set(all("aide")).size !== aids.length;
}

/** Converts the filter for the catalogue. */
export function filterOf({ kind, field, words, isLeft, aids }: Chosen): ChangeFilter {
  return {
    ...(kind !== null && { kinds: [kind] }),
    ...(field !== null && { fields: [field] }),
    ...(words !== "" && { words }),
    ...(isLeft !== null && { isLeft }),
    ...(aids.length > 0 && { aids }),
  };
}

export function fieldsOf({ kind, field, words, isLeft, aids }: Chosen): readonly (readonly [name: string, value: string])[] {
  return [
    ...(kind === null ? [] : [["genre", kind] as const]),
    ...(field === null ? [] : [["champ", field] as const]),
    ...(words === "" ? [] : [["q", words] as const]),
    ...(isLeft === null ? [] : [["reste", isLeft ? "a-faire" : "fait"] as const]),
    ...aids.map((id) => ["aide", id] as const),
  ];
}

/** Converts the filter to a query string, with `more` parameters. */
export function queryOf(chosen: Chosen, more: Readonly<Record<string, string>> = {}): string {
  return new URLSearchParams([
    ...fieldsOf(chosen).map(([name, value]): [string, string] => [name, value]),
    ...Object.entries(more),
  ]).toString();
}

/** Tells whether the filter selects the whole plan. */
export function isAll({ kind, field, words, isLeft, aids }: Chosen): boolean {
  return kind === null && field === null && words === "" && isLeft === null && aids.length === 0;
}

export function chosenWords({ kind, field, words, aids }: Chosen): string {
  const messages = [
    ...(kind === null ? [] : [french`genre « ${changeKindName(kind)} »`]),
    ...(field === null ? [] : [french`champ « ${fieldName(field)} »`]),
    ...(words === "" ? [] : [french`aides dont le titre ou l'identifiant contient « ${words} »`]),
    ...(aids.length === 0 ? [] : [counted(aids.length, "aide choisie", "aides choisies")]),
  ];
  return messages.join(", ");
}

/** Max aids that the words of a filter may match. */
const maxMatches = 2_000;
/** Max revisions that are indexed before titles are searched. */
const revisionsAtOnce = 2_000;

/**
 * Converts the filter to the part of the plan to apply; words become the matching aids. Returns undefined for the whole plan.
 * @throws CannotDo if too many aids match
 */
export async function partOf(catalogue: Catalogue, planId: string, chosen: Chosen): Promise<PlanPart | undefined> {
  if (isAll({ ...chosen, isLeft: null })) return undefined;
  const { words, isLeft: _, ...part } = filterOf(chosen);
  if (words === undefined) return part;
  await indexTitles(catalogue);
  const meant = await catalogue.planPages.aids(planId, { ...part, words, isLeft: true }, maxMatches + 1);
  if (meant.length > maxMatches) {
    throw new CannotDo(
      french`Ces mots désignent plus de ${counted(maxMatches, "aide")} : précisez-les, ou choisissez par genre ou par champ.`,
    );
  }
  return { ...part, aids: meant.map(({ aidId }) => aidId) };
}

/** Updates the title index, so that recent changes are found. */
export async function indexTitles({ search }: Catalogue): Promise<void> {
  await search.catchUp(revisionsAtOnce);
}
