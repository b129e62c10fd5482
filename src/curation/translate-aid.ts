import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import { canonicalValue } from "../model/aid/canonical-value.ts";
import { fieldsOfKind } from "../model/aid/field-table.ts";
import { filledContentJson, wholeContent } from "../model/aid/filled-content.ts";
import { sameValue } from "../model/aid/same-value.ts";
import { layersOf, ownContent, shownValue } from "../model/aid/shown-value.ts";
import type { Change, FieldChange, FieldLayers } from "../model/plan/plan.ts";
import type { TranslatedTerritories } from "../model/territories/editions/translate-territories.ts";
import type { Perimeter } from "../model/territories/perimeter.ts";
import { fingerprintOf } from "../model/text/canonical.ts";
import type { Curator } from "./person-plan.ts";
import { personsChange, personsFieldChange } from "./persons-change.ts";

const fields = fieldsOfKind("places");

/** Returns the territories of an aid, in the values of its source and in people's values. */
export function territoriesOfAid(aid: CuratedAid): readonly Perimeter[] {
  return fields.flatMap((field) => {
    const { kept, edit } = layersOf(aid, field);
    return [ownContent(aid)[field], kept, edit?.value].flatMap((list) => (Array.isArray(list) ? (list as Perimeter[]) : []));
  });
}

/**
 * Returns the change that writes the territories of an aid as another edition lists them, or null if it lists them alike. The values of the
 * source become those that the next run will read, so that run changes nothing. If this leaves out a commune that has become independent, an
 * edit by the curator adds it.
 */
export function translatedAid(
  aid: CuratedAid,
  translate: (list: readonly Perimeter[]) => TranslatedTerritories | null,
  curator: Curator,
): Change | null {
  const own = ownContent(aid);
  const changed: Partial<Record<(typeof fields)[number], FieldChange>> = {};
  for (const field of fields) {
    const before = layersOf(aid, field);
    const read = canonicalValue(field, translate(own[field])?.read ?? own[field]);
    const after = layersAfter(before, own[field], translate, curator);
    if (sameValue(field, read, own[field]) && sameLayers(before, after)) continue;
    const change = personsFieldChange(aid, field, { incoming: read, action: "apply", after });
    changed[field] = { ...change, last: own[field], current: shownValue(aid, field) };
  }
  if (Object.keys(changed).length === 0) return null;
  const next = Object.fromEntries(Object.entries(changed).map(([field, { incoming }]) => [field, incoming]));
  // An empty fingerprint makes the next run compare the aid, so it stays.
  const state =
    aid.fingerprint === "" ? {} : { state: { fingerprint: fingerprintOf(filledContentJson(wholeContent({ ...own, ...next }))) } };
  return personsChange(aid, "update", curator, { fields: changed, ...state });
}

function layersAfter(
  { kept, edit, proposal }: FieldLayers,
  own: readonly Perimeter[],
  translate: (list: readonly Perimeter[]) => TranslatedTerritories | null,
  { by, now, note }: Curator,
): FieldLayers {
  const meant = (list: unknown) => {
    const translated = Array.isArray(list) ? translate(list as Perimeter[]) : null;
    return translated === null ? list : canonicalTerritories(translated.meant);
  };
  const { read, meant: whole } = translate(own) ?? { read: own, meant: own };
  const isSmaller = edit === undefined && kept === undefined && whole.length > read.length;
  return {
    ...(kept !== undefined && { kept: meant(kept) }),
    ...(edit !== undefined && { edit: { ...edit, value: meant(edit.value) } }),
    ...(isSmaller && { edit: { value: canonicalTerritories(whole), by, at: now.toISOString(), note: note ?? null } }),
    ...(proposal !== undefined && { proposal }),
  };
}

function canonicalTerritories(list: readonly Perimeter[]): unknown {
  return canonicalValue("perimeters", list);
}

function sameLayers(a: FieldLayers, b: FieldLayers): boolean {
  const value = ({ kept, edit }: FieldLayers) => [kept ?? null, edit?.value ?? null];
  return JSON.stringify(value(a)) === JSON.stringify(value(b));
}
