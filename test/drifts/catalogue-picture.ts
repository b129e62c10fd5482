import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";
import { canonicalValue } from "../../src/model/aid/canonical-value.ts";
import { type AidField, aidFields, factsOf } from "../../src/model/aid/field-table.ts";
import { shownValue } from "../../src/model/aid/shown-value.ts";

/** The values of an aid and its state, as texts that can be compared. */
interface PicturedAid {
  readonly shown: ReadonlyMap<AidField, string>;
  /** Values of open proposals. */
  readonly proposed: ReadonlyMap<AidField, string>;
  /** Everything about the aid that an undo must bring back. */
  readonly state: string;
  readonly isWithdrawn: boolean;
}

/** All aids of a catalogue, by id. */
export type Picture = ReadonlyMap<string, PicturedAid>;

/** Numbers of values that differ between two pictures. */
export interface PictureDifference {
  /** Values that readers would see, and aids that were created or withdrawn. */
  readonly applied: number;
  readonly proposed: number;
  readonly created: number;
  readonly withdrawn: number;
  readonly byField: Readonly<Partial<Record<AidField, number>>>;
}

/** Fields that describe the record, not the aid: they follow any change of it. */
const ofRecord = new Set(aidFields.filter((field) => factsOf(field).lent === "never" && field !== "outOfScope"));

/** Returns the present values of all aids. */
export async function pictureOf(catalogue: Catalogue): Promise<Picture> {
  const picture = new Map<string, PicturedAid>();
  for await (const page of catalogue.aids.curated()) {
    for (const aid of page) {
      const { aidId, externalId, status, withdrawnAt, imported, kept, edits, proposals } = aid;
      const text = (field: AidField, value: unknown) => JSON.stringify(canonicalValue(field, value as never)) ?? "";
      picture.set(aidId, {
        shown: new Map(aidFields.map((field) => [field, text(field, shownValue(aid, field))])),
        proposed: new Map((Object.keys(proposals) as AidField[]).map((field) => [field, text(field, imported[field])])),
        state: JSON.stringify({ externalId, status, withdrawnAt, imported, kept, edits, proposals: Object.keys(proposals).sort() }),
        isWithdrawn: withdrawnAt !== null,
      });
    }
  }
  return picture;
}

/** Counts what differs in a later picture. */
export function differenceOf(before: Picture, after: Picture): PictureDifference {
  const byField: Partial<Record<AidField, number>> = {};
  const counts = { values: 0, proposed: 0, created: 0, withdrawn: 0 };
  for (const [aidId, aid] of after) {
    const was = before.get(aidId);
    if (was === undefined) {
      counts.created++;
      continue;
    }
    if (was.isWithdrawn !== aid.isWithdrawn) counts.withdrawn++;
    for (const field of aidFields) {
      if (ofRecord.has(field)) continue;
      const isApplied = was.shown.get(field) !== aid.shown.get(field);
      const isProposed = aid.proposed.has(field) && was.proposed.get(field) !== aid.proposed.get(field);
      if (isApplied) counts.values++;
      else if (isProposed) counts.proposed++;
      if (isApplied || isProposed) byField[field] = (byField[field] ?? 0) + 1;
    }
  }
  const { values, ...others } = counts;
  return { ...others, applied: values + counts.created + counts.withdrawn, byField };
}

/** Returns true if two pictures have the same aids with the same values and states. */
export function isSamePicture(before: Picture, after: Picture): boolean {
  return before.size === after.size && [...before].every(([aidId, { state }]) => after.get(aidId)?.state === state);
}
