import { type AidSuggestion, type FieldSuggestions, waitingSuggestions } from "../../curation/waiting-suggestions.ts";
import type { CommandContext } from "../context.ts";
import { certaintyMessage, evidenceMessage } from "../english/suggestions.ts";
import { inert } from "../printable.ts";
import { readableValue } from "../render/readable-value.ts";
import type { Terminal } from "../terminal.ts";
import { connectorAndAid, fieldNamed } from "./aid-filter.ts";

/** Options of `suggestions list`. */
interface SuggestionListFlags {
  connector?: string;
  field?: string;
  aid?: string;
  limit?: number;
  json?: true;
}

const defaultLimit = 5;

/** Counts the suggestions by field, and prints some of them with their evidence. */
export async function listSuggestions({ terminal, withCatalogue }: CommandContext, flags: SuggestionListFlags): Promise<void> {
  const filter = connectorAndAid(flags.connector, flags.aid);
  const field = flags.field === undefined ? undefined : fieldNamed(flags.field);
  await withCatalogue(async (catalogue) => {
    const samples = flags.limit ?? defaultLimit;
    const groups = await waitingSuggestions(catalogue.aids.curated(filter), { field, samples });
    if (flags.json) return terminal.out(JSON.stringify(groups, null, 2));
    if (groups.length === 0) return terminal.out("no field that suggestions can fill is empty");
    for (const group of groups) terminal.out(groupShown(group, terminal));
  });
}

function groupShown({ field, empty, suggested, sample }: FieldSuggestions, { colors }: Terminal): string {
  const counts = `${empty} empty, ${suggested} with a suggestion`;
  return [`${colors.bold(field)}  ${counts}`, ...sample.flatMap(suggestionLines)].join("\n");
}

function suggestionLines({ connector, externalId, title, suggestion }: AidSuggestion): string[] {
  const { field, value, rule, certainty, evidence } = suggestion;
  const how = `${rule}, ${certaintyMessage(certainty)}`;
  return [
    `  ${connector}/${externalId}  ${title}`,
    `    ${oneLine(readableValue(field, value))}  (${how})`,
    ...evidence.map((one) => `      ${evidenceMessage(one)}`),
  ].map(inert);
}

const maxValueLength = 200;

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length <= maxValueLength ? line : `${line.slice(0, maxValueLength)}…`;
}
