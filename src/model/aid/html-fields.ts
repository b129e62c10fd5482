import type { AidField } from "./aid.ts";

const texts: ReadonlySet<AidField> = new Set<AidField>(["description", "eligibility", "projectExamples", "contact"]);

/** Returns true for fields whose values are HTML. */
export function holdsHtml(field: AidField): boolean {
  return texts.has(field);
}
