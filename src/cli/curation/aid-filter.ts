import type { AidFilter, CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { type AidField, aidFields } from "../../model/aid/aid.ts";
import { NotDone, WrongUse } from "../exit.ts";
import { knownName } from "../read-argument.ts";
import type { AidFilterFlags, ProposalFilterFlags } from "./aid-options.ts";

/** Returns the filter of the options. Throws `WrongUse` if they contradict each other or name an unknown field. */
export function filterOf({ connector, id, status, search, where, lacks, outOfScope, contradicted }: AidFilterFlags): AidFilter {
  return {
    ...connectorAndAid(connector, id),
    ...(status !== undefined && { status }),
    ...(outOfScope ? { isOutOfScope: true } : status === "reviewable" && { isOutOfScope: false }),
    ...(contradicted && { isContradicted: true }),
    ...(search !== undefined && { search }),
    ...(where !== undefined && { where: condition(where) }),
    ...(lacks !== undefined && { lacks: fieldNamed(lacks) }),
  };
}

function condition(text: string): { readonly field: AidField; readonly value: string } {
  const equals = text.indexOf("=");
  if (equals < 1 || equals === text.length - 1)
    throw new WrongUse(`--where ${text}: expected field=value, such as targetedAudiences=commune`);
  return { field: fieldNamed(text.slice(0, equals).trim()), value: text.slice(equals + 1).trim() };
}

/** Returns the field with this name. Throws `WrongUse` with the nearest field, or all fields. */
export function fieldNamed(text: string): AidField {
  return knownName("unknown field", text, aidFields);
}

/** Returns the filter of a connector and an aid; undefined: all. Throws `WrongUse` if the aid belongs to another connector. */
export function connectorAndAid(connector: string | undefined, aid: string | undefined): AidFilter {
  const named = aid === undefined ? {} : aidFilterOf(aid);
  if (connector !== undefined && named.connector !== undefined && named.connector !== connector)
    throw new WrongUse(`${aid} is not an aid of ${connector}`);
  return { ...(connector !== undefined && { connector }), ...named };
}

/** Parses the aid argument of a command: an aidId, or connector/externalId, split at the first slash. */
function aidFilterOf(named: string): AidFilter {
  const slash = named.indexOf("/");
  return slash < 0 ? { aidId: named } : { connector: named.slice(0, slash), externalId: named.slice(slash + 1) };
}

/** Returns the named aid with all its layers. Throws `NotDone` if it does not exist. */
export async function aidNamed(catalogue: Catalogue, named: string): Promise<CuratedAid> {
  const { value: page } = await catalogue.aids.curated(aidFilterOf(named)).next();
  const aid = page?.[0];
  if (aid === undefined) throw new NotDone(`unknown aid ${named}; give its aidId, or connector/externalId as \`moisson aids\` lists it`);
  return aid;
}

/** Returns the filter of aids with the selected proposals. Throws `WrongUse` like `filterOf`. */
export function proposalFilterOf({ connector, field, aid }: ProposalFilterFlags): AidFilter & { readonly proposed: AidField | true } {
  return { ...connectorAndAid(connector, aid), proposed: field === undefined ? true : fieldNamed(field) };
}
