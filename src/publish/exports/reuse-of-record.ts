import { type Aid, type AidField, aidFields } from "../../model/aid/aid.ts";
import { keyInApi } from "../../model/aid/field-table.ts";
import { isOpenAid, openLicences } from "../../model/aid/open-data.ts";
import { type ConfirmedBasis, legalTexts, type ReuseBasisName } from "../../model/aid/reuse-basis.ts";
import { licenceAddresses } from "./dcat-catalogue.ts";

/** What a published record says about its reuse. */
export interface ReuseOfRecord {
  /** Null for an aid that only our own site may show. `page`: the licence, or what the basis rests on. */
  readonly reuse_basis: { readonly basis: ReuseBasisName; readonly page: string | null; readonly confirmed: string | null } | null;
  /** Sentence to show with the aid, in French. */
  readonly reuse_mention: string;
  /** Fields of the record whose value is ours: constants of the connector, and edits of people. */
  readonly fields_of_ours: readonly string[];
}

/**
 * Returns the reuse of an aid's record: its licence, else the confirmed basis; source, day of the last update and our part in it, as CRPA
 * L322-1 asks for. `record`: its keys name our fields.
 */
export function reuseOfRecord(
  aid: Aid,
  record: Readonly<Record<string, unknown>>,
  {
    publisher,
    basis,
    ours,
  }: { readonly publisher: string | null; readonly basis: ConfirmedBasis | null; readonly ours: readonly AidField[] },
): ReuseOfRecord {
  const fields = aidFields.filter((field) => ours.includes(field) && !unmarked.has(field)).map((field) => keyIn(record, field));
  return {
    reuse_basis: basisOf(aid, basis),
    reuse_mention: mentionOf(aid, publisher ?? aid.connector),
    fields_of_ours: fields.filter((key) => key !== null),
  };
}

function basisOf({ importShareLicence: licence }: Aid, basis: ConfirmedBasis | null): ReuseOfRecord["reuse_basis"] {
  if (openLicences.has(licence)) return { basis: "licence", page: licenceAddresses[licence] ?? null, confirmed: null };
  if (basis === null || !isOpenAid(licence, basis.basis)) return null;
  return { ...basis, page: basis.page ?? legalTexts[basis.basis] };
}

function mentionOf({ importDataMention: mention, sourceUpdatedDate: updated }: Aid, publisher: string): string {
  const day = updated === null ? "date de mise à jour non communiquée" : `mise à jour du ${updated.split("-").reverse().join("/")}`;
  const source = `Source : ${publisher}, ${day}.`;
  return [mention, source, "Fiche mise en forme par nos soins ; `fields_of_ours` nomme les champs dont la valeur vient de nous."]
    .filter((part) => part !== null)
    .join(" ");
}

/** Facts about the record's source, not about the aid. */
const unmarked: ReadonlySet<AidField> = new Set<AidField>(["importShareLicence", "importDataMention", "importDataUrl", "language"]);

/** Returns the key of a field in the record; `perimeters_full` for territories. Null if the record lacks the field. */
function keyIn(record: Readonly<Record<string, unknown>>, field: AidField): string | null {
  const key = keyInApi(field);
  return [key, `${key}_full`].find((one) => one in record) ?? null;
}
