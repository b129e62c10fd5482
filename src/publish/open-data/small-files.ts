import type { OpenDataFacts } from "../../model/aid/open-data.ts";
import { labelOf } from "../../model/vocabularies.ts";
import { csvLine } from "../exports/dispositif-aide.ts";
import { harmlessCell } from "../exports/harmless-cell.ts";
import { licenceAddresses } from "../exports/licence-addresses.ts";
import { leftOutReason } from "./open-data-in-french.ts";

/**
 * Returns `sources.csv`: the attribution of a dump, one line for each publisher's feed and licence. Safe for spreadsheets: no cell is a
 * formula.
 */
export function sourcesCsv({ sources }: OpenDataFacts): string {
  const lines = sources.map(({ publisher, licence, aids, inNationalSchema, updated, mentions }) =>
    csvLine([
      harmlessCell(publisher),
      labelOf("importShareLicence", licence),
      licenceAddresses[licence] ?? "",
      String(aids),
      String(inNationalSchema),
      updated ?? "",
      harmlessCell(mentions.join(" | ")),
    ]),
  );
  return (
    csvLine(["producteur", "licence", "adresse_licence", "aides", "aides_schema_national", "derniere_mise_a_jour", "mention"]) +
    lines.join("")
  );
}

/** Returns `left-out.csv`: number of live aids in no file, or not in the national schema's, by reason, without naming any. */
export function leftOutCsv({ leftOut }: OpenDataFacts): string {
  const lines = Object.entries(leftOut).map(([reason, count]) =>
    csvLine([reason === "licence" ? "tous" : "aides.csv", reason, leftOutReason(reason), String(count)]),
  );
  return csvLine(["fichier", "code", "motif", "aides"]) + lines.join("");
}
