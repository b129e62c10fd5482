import { decodeEntitiesOnce } from "../../../src/kit/values/html/decode-entities.ts";
import { findEmails } from "../../../src/kit/values/text/find-emails.ts";
import { findPhones } from "../../../src/kit/values/text/find-phones.ts";
import type { AidContent, AidField } from "../../../src/model/aid/aid.ts";
import { canonicalValue } from "../../../src/model/aid/canonical-value.ts";
import { criticalFields } from "../../../src/model/aid/field-table.ts";
import { canonicalJson } from "../../../src/model/text/canonical.ts";
import { comparableLink } from "../../../src/model/text/comparable-link.ts";

/** Result of comparing a suggestion with a curator's value. `right`: nothing in it is wrong. `whole`: nothing is missing either. */
export interface Verdict {
  readonly right: boolean;
  readonly whole: boolean;
}

/** Texts that curators rewrite. A label cannot say whether another wording is right. */
export const unjudged: ReadonlySet<AidField> = new Set<AidField>(["eligibility", "projectExamples", "subventionComment"]);

/**
 * Compares a suggestion with a curator's value. A list is right if the curator chose all its terms; a list of a critical field only if it is
 * equal, because a missing audience excludes applicants. A contact is right if the curator's contact has all its addresses and numbers.
 */
export function judge(field: AidField, suggested: unknown, label: AidContent[AidField]): Verdict {
  if (Array.isArray(suggested) && Array.isArray(label)) {
    const terms = label as readonly unknown[];
    const isSubset = suggested.every((term) => terms.includes(term));
    const whole = isSubset && suggested.length === terms.length;
    return { right: criticalFields.has(field) ? whole : isSubset, whole };
  }
  if (field === "contact") {
    const [ours, theirs] = [addressesIn(String(suggested)), addressesIn(String(label))];
    const right = ours.size > 0 && [...ours].every((address) => theirs.has(address));
    return { right, whole: right && ours.size === theirs.size };
  }
  const isLink = field === "originUrl" || field === "applicationUrl";
  const forms = [suggested, label].map((value) => (isLink ? comparableLink(String(value)) : canonicalJson(canonicalValue(field, value))));
  return { right: forms[0] === forms[1], whole: forms[0] === forms[1] };
}

function addressesIn(html: string): Set<string> {
  const links = [...html.matchAll(/href="(https?:[^"]+)"/g)].map(([, url = ""]) => comparableLink(decodeEntitiesOnce(url)) ?? url);
  return new Set([...links, ...[...findEmails(html), ...findPhones(html)].map(({ normalised }) => normalised)]);
}

/** Returns the lower bound of a share by Wilson's score interval, 95 %. 0 without measurements. */
export function wilsonLower(right: number, n: number): number {
  if (n === 0) return 0;
  const [z, share] = [1.959964, right / n];
  const middle = share + (z * z) / (2 * n);
  const spread = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return (middle - spread) / (1 + (z * z) / n);
}
