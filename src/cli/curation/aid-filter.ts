import { type Command, Option } from "commander";
import type { AidFilter } from "../../catalogue/aids/aid-repository.ts";
import { type AidField, aidFields } from "../../model/aid/aid.ts";
import { type Slug, slugsOf } from "../../model/vocabularies.ts";
import { nearest } from "../../registry/nearest.ts";
import { WrongUse } from "../exit.ts";
import { aidFilterOf } from "./aid-named.ts";

/** Options of a command that works on a selection of aids. */
export interface AidFilterFlags {
  connector?: string;
  id?: string;
  status?: Slug<"status">;
  search?: string;
  where?: string;
  lacks?: string;
  outOfScope?: true;
}

/** Options that select aids, in the words of `AidFilter`. */
export function addAidFilterFlags(command: Command): Command {
  return command
    .option("--connector <connector>", "aids of one connector only")
    .option("--id <aid>", "one aid: its aidId, or connector/externalId")
    .addOption(
      new Option("--status <status>", "aids of one status; reviewable ones that are out of scope are left out").choices(slugsOf("status")),
    )
    .option("--out-of-scope", "aids that are no business of our audiences, by the rules of their connectors")
    .option("--search <words>", "aids with these words in their title")
    .option("--where <field=value>", "aids that show this value, alone or in a list")
    .option("--lacks <field>", "aids that show nothing in this field");
}

/** Which aids are asked for. Throws `WrongUse` where the options contradict each other or name no field. */
export function filterOf({ connector, id, status, search, where, lacks, outOfScope }: AidFilterFlags): AidFilter {
  const named = id === undefined ? {} : aidFilterOf(id);
  if (connector !== undefined && named.connector !== undefined && named.connector !== connector)
    throw new WrongUse(`${id} is no aid of ${connector}`);
  return {
    ...(connector !== undefined && { connector }),
    ...named,
    ...(status !== undefined && { status }),
    ...(outOfScope ? { isOutOfScope: true } : status === "reviewable" && { isOutOfScope: false }),
    ...(search !== undefined && { search }),
    ...(where !== undefined && { where: condition(where) }),
    ...(lacks !== undefined && { lacks: fieldNamed(lacks) }),
  };
}

function condition(text: string): { readonly field: AidField; readonly value: string } {
  const equals = text.indexOf("=");
  if (equals < 1 || equals === text.length - 1)
    throw new WrongUse(`--where ${text}: expected field=value, as in targetedAudiences=commune`);
  return { field: fieldNamed(text.slice(0, equals).trim()), value: text.slice(equals + 1).trim() };
}

/** The field of that name. Throws `WrongUse` with the nearest one, or all of them. */
export function fieldNamed(text: string): AidField {
  const field = aidFields.find((candidate) => candidate === text);
  if (field !== undefined) return field;
  const near = nearest(text, aidFields);
  throw new WrongUse(
    `aids have no field "${text}"${near === undefined ? `; they have: ${aidFields.join(", ")}` : ` (did you mean ${near}?)`}`,
  );
}
