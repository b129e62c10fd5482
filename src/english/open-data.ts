import type { OpenDataFacts, OpenDataFile } from "../model/aid/open-data.ts";
import type { LeftOutReason } from "../publish/exports/left-out.ts";
import { openDataSourceMessage } from "./aids.ts";
import { leftOutMessage } from "./messages.ts";

const number = new Intl.NumberFormat("en");

/** Returns one line for each file, source and reason for leaving aids out. `folder`: where the files are; null for the catalogue. */
export function openDataMessage(
  { files, facts }: { readonly files: readonly OpenDataFile[]; readonly facts: OpenDataFacts },
  folder: string | null,
): string[] {
  const where = folder === null ? "it is what /open-data/ serves from here on" : `it lies in ${folder}`;
  return [
    `open data: ${number.format(facts.aids)} aids, ${number.format(facts.inNationalSchema)} of them in the national schema; ${where}`,
    ...files.map(({ name, bytes, sha256 }) => `  ${name}, ${number.format(bytes)} bytes, SHA-256 ${sha256.slice(0, 12)}…`),
    ...facts.sources.map(({ publisher, ...source }) => openDataSourceMessage({ connector: publisher, ...source }, publisher)),
    ...Object.entries(facts.leftOut).map(
      ([reason, count]) =>
        `left out${reason === "licence" ? "" : " of aides.csv"}: ${number.format(count)} for ${leftOutMessage(reason as LeftOutReason)}`,
    ),
  ];
}
