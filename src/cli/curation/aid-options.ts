import { type Command, Option } from "commander";
import { type Slug, slugsOf } from "../../model/vocabularies.ts";
import { addCuratorOptions, type CuratorFlags } from "../options.ts";

/** Options that select aids. */
export interface AidFilterFlags {
  connector?: string;
  id?: string;
  status?: Slug<"status">;
  search?: string;
  where?: string;
  lacks?: string;
  outOfScope?: true;
  contradicted?: true;
}

/** Options of an action on an aid, or on all aids that a filter selects. */
export interface ActFlags extends AidFilterFlags, CuratorFlags {
  yes?: true;
  json?: true;
}

/** Options that select proposals. */
export interface ProposalFilterFlags {
  connector?: string;
  field?: string;
  aid?: string;
}

/** Adds the options of `AidFilterFlags`. */
export function addAidFilterOptions(command: Command): Command {
  return command
    .option("--connector <connector>", "aids of one connector only")
    .option("--id <aid>", "one aid: its aidId, or connector/externalId")
    .addOption(new Option("--status <status>", "aids with this status; reviewable leaves out aids out of scope").choices(slugsOf("status")))
    .option("--out-of-scope", "aids that their connector's rules mark as irrelevant to our audiences")
    .option("--contradicted", "aids whose sources contradict each other")
    .option("--search <words>", "aids with these words in their title")
    .option("--where <field=value>", "aids with this value, alone or in a list")
    .option("--lacks <field>", "aids without a value in this field");
}

/** Adds the options of `ActFlags`. */
export function addActOptions(command: Command): Command {
  return addCuratorOptions(addAidFilterOptions(command))
    .option("--yes", "with a filter: apply at once instead of leaving an open plan")
    .option("--json", "print JSON");
}

/** Adds the options of `ProposalFilterFlags`. */
export function addProposalFilterOptions(command: Command): Command {
  return command
    .option("--connector <connector>", "proposals on aids of one connector")
    .option("--field <field>", "proposals on one field")
    .option("--aid <aid>", "proposals on one aid: its aidId, or connector/externalId");
}
