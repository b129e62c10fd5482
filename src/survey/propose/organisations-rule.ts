import { json } from "../../kit/expressions/expression.ts";
import { isRecord } from "../../kit/expressions/field-path.ts";
import type { Rule } from "../../kit/field-rules.ts";
import { organisations } from "../../kit/rules/organisations.ts";
import { readLooseJson } from "../../kit/values/text/read-loose-json.ts";
import { evidence } from "../../model/survey/evidence.ts";
import type { FieldProfile } from "../../model/survey/field-profile.ts";
import type { FeedAnalysis } from "../profile/feed-analysis.ts";
import type { Way } from "./proposal.ts";

const nameKeys = ["nom", "name", "libelle", "label", "title"];
const sirenKeys = ["siren", "siret"];
const roleKeys = ["roles", "role"];
const cellsLookedAt = 200;

/** Keys of the objects in the JSON cells of a field. */
export interface OrganisationCells {
  readonly name: string;
  readonly siren: string | null;
  /** Key and values of the role. */
  readonly role: { readonly key: string; readonly values: readonly string[] } | null;
}

/** Recognises cells with organisations as JSON: `[{ "nom": "ADEME", "roles": ["instructeur"] }]`. Null for anything else. */
export function organisationCells(profile: FieldProfile, feed: FeedAnalysis): OrganisationCells | null {
  if (profile.kind !== "json") return null;
  const objects = feed
    .texts(profile.path)
    .slice(0, cellsLookedAt)
    .flatMap((cell) => {
      const value = readLooseJson(cell);
      return (Array.isArray(value) ? value : [value]).filter(isRecord);
    });
  const keyAmong = (wanted: readonly string[]) => wanted.find((key) => objects.some((object) => Object.hasOwn(object, key)));
  const name = keyAmong(nameKeys);
  if (name === undefined) return null;
  const roleKey = keyAmong(roleKeys);
  const values =
    roleKey === undefined ? [] : [...new Set(objects.flatMap((object) => object[roleKey]).filter((role) => typeof role === "string"))];
  return { name, siren: keyAmong(sirenKeys) ?? null, role: roleKey === undefined || values.length === 0 ? null : { key: roleKey, values } };
}

/** Returns the rule for the organisations in a field: labels, lists in a text, JSON objects, or numbers of another system. */
export function organisationsRule(profile: FieldProfile, feed: FeedAnalysis): Pick<Way, "rule" | "evidence"> {
  const cells = organisationCells(profile, feed);
  if (cells !== null) return { rule: rolesRule(profile.path, cells, null), evidence: [evidence("json-in-cell")] };
  const of = feed.listOf(profile);
  const onlyKnown = profile.kind === "number";
  return {
    rule: organisations(of, onlyKnown ? { onlyKnown } : {}),
    evidence: of.kind === "split" ? [evidence("separated", { separator: of.separator })] : [],
  };
}

/** Returns a rule for organisations in JSON cells. `wanted`: role of the organisations, or null for all. */
export function rolesRule(path: string, { name, siren, role }: OrganisationCells, wanted: string | null): Rule {
  const where = role === null || wanted === null ? {} : { where: { key: role.key, isOneOf: [wanted] } };
  return organisations(json(path, where), { name, ...(siren !== null && { siren }) });
}
