import type { Aid } from "../../model/aid/aid.ts";
import { canonicalAid } from "../../model/aid/canonical-aid.ts";
import type { Terminal } from "../terminal.ts";

/** Prints aids, one per line or in full, and their count; prints `whyNone` if the list is empty. */
export async function showAidsInText(
  pages: AsyncIterable<readonly Aid[]>,
  terminal: Terminal,
  { isInFull, whyNone }: { readonly isInFull: boolean; readonly whyNone: string },
): Promise<void> {
  let count = 0;
  for await (const page of pages) {
    for (const aid of page) terminal.out(isInFull ? inFull(aid, terminal.colors.bold) : aidLine(aid));
    count += page.length;
  }
  if (count === 0) terminal.out(whyNone);
  else if (!isInFull) terminal.err(count === 1 ? "1 aid" : `${count} aids`);
}

/** Returns an aid's id, title, language unless French, status and deadline on one line. */
export function aidLine(aid: Aid): string {
  const state = aid.withdrawnAt === null ? aid.status : `withdrawn ${aid.withdrawnAt}`;
  const until = aid.submissionDeadline === null ? "" : ` until ${aid.submissionDeadline}`;
  const language = aid.language === "fr" || aid.language === null ? "" : ` [${aid.language}]`;
  const scope = aid.outOfScope === null ? "" : `, out of scope: ${aid.outOfScope}`;
  return `${aid.connector}/${aid.externalId}  ${aid.name}${language}  (${state}${until}${scope})`;
}

function inFull(aid: Aid, bold: Terminal["colors"]["bold"]): string {
  const fields = Object.entries(canonicalAid(aid)).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0));
  return fields
    .map(([field, value]) => `${bold(field.padEnd(26))} ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join("\n");
}
