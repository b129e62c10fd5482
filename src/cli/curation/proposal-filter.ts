import type { Command } from "commander";
import type { AidFilter } from "../../catalogue/aids/aid-repository.ts";
import type { AidField } from "../../model/aid/aid.ts";
import { WrongUse } from "../exit.ts";
import { fieldNamed } from "./aid-filter.ts";
import { aidFilterOf } from "./aid-named.ts";

/** Options that select proposals. */
export interface ProposalFilterFlags {
  connector?: string;
  field?: string;
  aid?: string;
}

/** Adds them. */
export function addProposalFilterFlags(command: Command): Command {
  return command
    .option("--connector <connector>", "proposals on aids of one connector")
    .option("--field <field>", "proposals on one field")
    .option("--aid <aid>", "proposals on one aid: its aidId, or connector/externalId");
}

/** Aids with the proposals that are asked for. Throws `WrongUse`. */
export function proposalFilterOf({ connector, field, aid }: ProposalFilterFlags): AidFilter & { readonly proposed: AidField | true } {
  const named = aid === undefined ? {} : aidFilterOf(aid);
  if (connector !== undefined && named.connector !== undefined && named.connector !== connector) {
    throw new WrongUse(`${aid} is no aid of ${connector}`);
  }
  return { ...(connector !== undefined && { connector }), ...named, proposed: field === undefined ? true : fieldNamed(field) };
}
