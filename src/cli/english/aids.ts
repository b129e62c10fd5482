import type { OpenDataSourceFacts } from "../../model/aid/open-data.ts";
import type { Tombstone, TombstoneReason } from "../../model/aid/tombstone.ts";
import type { Slug } from "../../model/vocabularies.ts";
import type { OpenDataSource } from "../../publish/exports/export-dispositif-aide.ts";
import { basisInWords } from "./publication.ts";
import { counted } from "./words.ts";

const licences: Readonly<Record<Slug<"importShareLicence">, string>> = {
  openlicence20: "Licence ouverte 2.0",
  odbl: "Open Database License 1.0",
  "cc-by-4.0": "Creative Commons Attribution 4.0",
  agreement: "an agreement, no open licence",
  unknown: "no licence recorded",
};

/** Returns the source, licence or legal basis, and last update of aids, which the national schema has no column for. `publisher`: its name. */
export function openDataSourceMessage(
  { aids, licence, updated, basis = null }: OpenDataSource & Pick<OpenDataSourceFacts, "basis">,
  publisher: string,
): string {
  const day = updated === null ? "" : `, last updated ${updated}`;
  return `source: ${publisher}, ${counted(aids, "aid")}, ${basis === null ? licences[licence] : `legal basis: ${basisInWords[basis.basis]}`}${day}`;
}

/** Returns the number of aids whose texts are not French. */
export function languageMessage(language: string, count: number): string {
  return `language: ${counted(count, "aid")} with texts in "${language}", as the publisher wrote them`;
}

const reasons: Readonly<Record<TombstoneReason, string>> = {
  withdrawn: "withdrawn",
  rejected: "rejected",
  merged: "merged",
  removed: "removed: the run that created it was undone",
};

/** Describes, in one line, an aid that is no longer online. */
export function tombstoneMessage({ connector, externalId, reason, withdrawnAt, mergedInto }: Tombstone): string {
  const day = reason === "withdrawn" && withdrawnAt !== null ? ` ${withdrawnAt}` : "";
  return `${connector}/${externalId}  (gone: ${reasons[reason]}${day}${mergedInto === null ? "" : ` into ${mergedInto}`})`;
}

/** Returns the number of changed aids and the number of aids that are no longer online. */
export function changedSinceMessage(shown: number, gone: number): string {
  return `${counted(shown, "aid")} created or changed, ${gone} gone`;
}

/** Warns that a format cannot contain aids that are no longer online. */
export function omittedMessage(gone: number): string {
  return `${counted(gone, "aid")} gone or not exported: this format leaves them out, --json lists them`;
}

/** Returns the number of likely duplicates, how many are shown, and the next step. */
export function duplicatesMessage(found: number, shown: number): string {
  const pairs = counted(found, "pair");
  const rest = shown < found ? `, the ${shown} most certain ones shown (--limit)` : "";
  return `${pairs} of likely duplicates from two publishers${rest}; to merge a pair: \`moisson aid merge <aid> <into>\``;
}
