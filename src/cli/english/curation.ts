import type { PublicationWarning } from "../../model/aid/publication-warnings.ts";
import type { Objection, ObjectionCode } from "../../model/plan/objection.ts";
import { warningMessages } from "./publication.ts";

const sentences: Readonly<Record<ObjectionCode, (p: Objection["params"]) => string>> = {
  "never-empty": (p) => `${p.field} is never empty`,
  "unknown-term": (p) => `${p.field}: "${p.found}" is not a term; allowed: ${p.allowed}`,
  "not-a-list": (p) => `${p.field}: a value that begins with [ must be a JSON list, such as ["a", "b"]; found ${p.found}`,
  "no-organisation": (p) =>
    `${p.field}: "${p.found}" is not an organisation; allowed: name, or name|SIREN with nine digits, separated by commas`,
  "no-territory": (p) => `${p.field}: "${p.found}" is an unknown territory; allowed: scale:code, such as department:26 or country:FRA`,
  "not-a-date": (p) => `${p.field}: "${p.found}" is not a day; allowed: 2026-12-31 or 31/12/2026`,
  "not-a-number": (p) => `${p.field}: "${p.found}" is not a number; allowed: digits, such as 50 or 12,5`,
  "not-yes-or-no": (p) => `${p.field}: "${p.found}" is not yes or no`,
  "not-a-link": (p) => `${p.field}: "${p.found}" is not an address; allowed: an address that begins with http:// or https://`,
  "no-text-left": (p) => `${p.field}: no text is left of "${p.found}" once it is cleaned`,
  "out-of-bounds": (p) => `${p.field}: "${shortened(p.found)}" is not allowed${p.allowed ? `: ${p.allowed}` : ""}`,
  "already-so": (p) => `${p.field} shows this already`,
  "not-edited": (p) => `${p.field} has no edit to withdraw`,
  "no-proposal": (p) => (p.field ? `no proposal waits on ${p.field}` : "no proposal waits on it"),
  "is-rejected": () => "it is rejected; `moisson aid restore` reverts this",
  "is-merged": (p) => `it is merged into ${p.into}; \`moisson aid split\` reverts this`,
  "is-published": () => "it is published already",
  "not-published": () => "it is not published",
  "missing-fields": (p) => `before it can be published, fill or correct ${p.fields}${offerOf(p)}`,
  "not-taken-off": () => "nobody rejected, withdrew or suspended it",
  "left-its-feed": (p) => `it left its feed on ${p.day}, and returns with it`,
  "withdrawn-by": (p) => `${p.by} withdrew it on ${p.day}; \`moisson aid restore\` reverts this`,
  "not-merged": () => "it is not merged",
  "not-a-source": ({ connector, sources }) => `${connector} is no source of this aid; its sources are ${sources}`,
  "no-suggestion": (p) => `nothing is suggested for ${p.field}: it is filled already, or nothing in the aid says it`,
  "is-confirmed": (p) => `the suggestion for ${p.field} is accepted already`,
  "not-in-review": () => "it is not in review",
  "has-warnings": (p) =>
    `a person must look at it first: ${warningsOf(p.warnings)
      .map((one) => warningMessages[one])
      .join("; ")}`,
  warning: (p) =>
    warningsOf(p.warning)
      .map((one) => warningMessages[one])
      .join("; "),
  "into-itself": () => "an aid cannot be merged into itself",
  "into-merged": (p) => `the other one is itself merged into ${p.into}: name that one`,
  "into-rejected": () => "the other one is rejected",
  "into-its-own": () => "the other one is merged into this one",
  "no-courtesy-letter": (p) =>
    `the publisher of the site that ${p.connector} reads has not been sent a courtesy letter (console, page « Courriers »)`,
  "licence-not-open": (p) =>
    `its licence is ${p.licence === "agreement" ? "a special agreement" : "unknown"}: it is on the site, and in the open data only if the legal basis of its connector is confirmed`,
  "is-withdrawn": (p) => `withdrawn since ${p.day}: nobody sees it until it returns`,
  "answers-proposal": (p) => `the publisher's change of ${p.field}, which waited for a curator, is closed by this edit`,
  "now-missing": (p) => `published, and now without ${p.fields}, which a full description needs`,
};

/** Offers the suggestions that fill some of the missing fields. */
function offerOf({ suggested, aid }: Objection["params"]): string {
  if (suggested === undefined) return "";
  return `; ${suggested} of them ${suggested === "1" ? "has a suggestion" : "have suggestions"}: \`moisson suggestions --aid ${aid}\` lists them, \`moisson suggestions accept\` fills them`;
}

/** Returns the warnings of an objection: `deadline-past, proposal-waits`. */
function warningsOf(codes = ""): PublicationWarning[] {
  return codes.split(", ") as PublicationWarning[];
}

/** Explains why an action is not possible, or warns about its effect. */
export function objectionMessage({ code, params }: Objection): string {
  return sentences[code](params);
}

/** Returns the beginning of a long text. */
export function shortened(text = ""): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}

/** Past participles of actions. */
export const actWords = {
  edit: "edited",
  publish: "published",
  unpublish: "unpublished",
  reject: "rejected",
  restore: "restored",
  merge: "merged",
  split: "split",
  accept: "accepted",
  refuse: "refused",
  confirm: "confirmed",
  suspend: "suspended",
  suggest: "filled with suggestions",
  "choose-source": "given another source for a field",
  withdraw: "withdrawn",
} as const;
