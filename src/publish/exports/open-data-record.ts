import { type Aid, type AidField, aidFields } from "../../model/aid/aid.ts";
import { siteNumberOf } from "../../model/aid/aid-slug.ts";
import { fieldsWhere, keyInApi } from "../../model/aid/field-table.ts";
import { isOpenAid, openLicences } from "../../model/aid/open-data.ts";
import { openUntilOf } from "../../model/aid/open-until.ts";
import type { PublicAid } from "../../model/aid/public-aid.ts";
import { type ConfirmedBasis, legalTexts, type ReuseBasisName } from "../../model/aid/reuse-basis.ts";
import { labelOf } from "../../model/vocabularies.ts";
import { aidesTerritoiresRecord, type BackerNumbers } from "./aides-territoires-record.ts";
import { licenceAddresses } from "./dcat-catalogue.ts";
import { termNumber } from "./numbers/term-numbers.ts";
import type { SourceOfRecord } from "./source-of-record.ts";

/** Data of a published record that the aid itself does not contain. */
export interface RecordFacts extends SourceOfRecord {
  /** Number in the API; null before it has one. */
  readonly number: number | null;
  /** ISO instants of its creation and last change. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly slug: string;
  /** Fields with a value of a person of ours. */
  readonly edited: readonly AidField[];
  /** Somebody says that it is permanent, if it is (`isPermanentStated`). */
  readonly isPermanent: boolean;
  /** Fields that the gate for people has emptied. */
  readonly leftOut: readonly AidField[];
  readonly backerNumbers: BackerNumbers;
}

/**
 * Returns an aid as the API publishes it. Fields have the names of Aides-territoires' API; `id` is the aid's number, dates are instants.
 * Ours are `aid_id`, `external_id`, `publisher`, `filled_by_moisson`, the keys about reuse, and the fields that the site's API lacks, so
 * that the platform `moissonRecords` can read the whole aid.
 */
export function openDataRecord(aid: PublicAid, facts: RecordFacts): Record<string, unknown> {
  const { number, slug, siren, edited, isPermanent, leftOut, constants, backerNumbers, ...source } = facts;
  const publisher = { connector: aid.connector, name: source.publisher, siren };
  const sites = aidesTerritoiresRecord(aid, source, backerNumbers);
  const record = {
    ...sites,
    ...Object.fromEntries(otherFields.map((field) => [keyInApi(field), aid[field]])),
    categories_full: aid.categories.map((slug) => ({ id: termNumber("categories", slug), slug, name: labelOf("categories", slug) })),
  };
  return {
    ...record,
    ...reuseOfRecord(aid, record, { ...source, ours: [...constants, ...edited] }),
    ...datesOf(aid, facts),
    id: number,
    slug,
    url: `/aides/${slug}/`,
    open_until: openUntilOf(aid, isPermanent),
    left_out: leftOut.flatMap((field) => keyIn(record, field) ?? []),
    aid_id: aid.aidId,
    external_id: aid.externalId,
    publisher,
    filled_by_moisson: (aid.filledByMoisson ?? []).map(({ field, rule, confirmed }) => ({ field: keyInApi(field), rule, confirmed })),
  };
}

/**
 * Returns the dates of a record. An aid of Aides-territoires keeps the days that the site gives it, at midnight UTC, unless a person of ours
 * has changed it since.
 */
function datesOf(aid: PublicAid, { createdAt, updatedAt, edited }: Pick<RecordFacts, "createdAt" | "updatedAt" | "edited">) {
  const { sourceCreatedDate: created, sourceUpdatedDate: updated } = aid;
  const isOfSite = siteNumberOf(aid) !== null;
  return {
    date_created: isOfSite && created !== null ? `${created}T00:00:00.000Z` : createdAt,
    date_updated: isOfSite && updated !== null && edited.length === 0 ? `${updated}T00:00:00.000Z` : updatedAt,
    source_created_date: created,
    source_updated_date: updated,
  };
}

/** Fields that the site's record lacks, except dates of the source, which `datesOf` returns, and territories, which have several keys. */
const otherFields = fieldsWhere(({ isOurs, kind }) => isOurs === true && kind !== "date" && kind !== "places");

/** What a published record says about its reuse. */
interface ReuseOfRecord {
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
function reuseOfRecord(
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
