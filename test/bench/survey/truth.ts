import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { ConnectorInput } from "../../../src/kit/definition.ts";
import type { OwnField } from "../../../src/model/survey/own-field.ts";
import { sharedData } from "../../support/shared-data.ts";
import { writeMadeWorkbooks } from "./made/workbooks.ts";
import { writeMadeArchive } from "./made/yaml-archive.ts";

/** How a careful person reads the days of a field. */
export interface DayTruth {
  /** Order of day, month and year in numeric dates. ISO dates are always read year first. */
  readonly order: "ymd" | "dmy" | "mdy";
  /** Time zone of the day, for feeds with instants. Default: the day as written. */
  readonly zone?: string;
}

/** The accepted ways to fill one field of an aid. */
export interface FieldTruth {
  /** Sets of paths, each a complete way to fill the field. */
  readonly read?: readonly (readonly string[])[];
  /** Further paths that a way may read. */
  readonly also?: readonly string[];
  /** Accepted constants. "publisher" is the publisher's name or territory. */
  readonly constant?: readonly unknown[];
  readonly day?: DayTruth;
  /** True if a careful person may leave the field empty. */
  readonly optional?: true;
}

/** The connector that a careful person writes for a file. A field that is not listed must stay empty. */
export interface Truth {
  /** Name of the truth, and id of the existing connector of this feed, if there is one. */
  readonly name: string;
  /** Path of the file in the shared data or in `made/`. */
  readonly file: string;
  /** A: rules may be written for it. B: scored once. made: invented. */
  readonly set: TruthSet;
  readonly publisher: Pick<ConnectorInput["publisher"], "name" | "kind" | "territory">;
  /** Where the records are. Options that are not listed are free. */
  readonly reading: { readonly recordPath?: string; readonly sheet?: string; readonly headerRow?: number };
  /** Sets of paths that identify an aid. */
  readonly identifier: readonly (readonly string[])[];
  readonly fields: Readonly<Partial<Record<Exclude<OwnField, "externalId">, FieldTruth>>>;
  /** Paths that no field may read: internal values, and people. */
  readonly never: readonly string[];
}

export const truthSets = ["A", "B", "made"] as const;
export type TruthSet = (typeof truthSets)[number];

const folder = join(import.meta.dirname, "truth");
const madeFolder = join(import.meta.dirname, "made");

/** Reads the truths of these sets, ordered by set and file. */
export function readTruths(sets: readonly TruthSet[]): Truth[] {
  const truths = readdirSync(folder).map(
    (name): Truth => ({ ...JSON.parse(readFileSync(join(folder, name), "utf8")), name: basename(name, ".json") }),
  );
  return truths
    .filter(({ set }) => sets.includes(set))
    .sort((a, b) => truthSets.indexOf(a.set) - truthSets.indexOf(b.set) || (a.file < b.file ? -1 : 1));
}

/** Returns the path of a truth's file. Invented workbooks and archives are written to `scratch` first. */
export async function pathOf({ set, file }: Truth, scratch: string): Promise<string> {
  if (set !== "made") return join(sharedData, file);
  if (file.endsWith(".xlsx")) await writeMadeWorkbooks(scratch);
  else if (file.endsWith(".zip")) await writeMadeArchive(scratch);
  else return join(madeFolder, file);
  return join(scratch, file);
}
