import type { Objection, ObjectionCode } from "../model/plan/objection.ts";

const sentences: Readonly<Record<ObjectionCode, (p: Objection["params"]) => string>> = {
  "never-empty": (p) => `${p.field} is never empty`,
  "unknown-term": (p) => `${p.field}: "${p.found}" is no term; allowed: ${p.allowed}`,
  "not-a-list": (p) => `${p.field}: what begins with [ must be a list in JSON, as ["a", "b"]; found ${p.found}`,
  "no-organisation": (p) =>
    `${p.field}: "${p.found}" is no organisation; allowed: name, or name|SIREN with nine digits, separated by commas`,
  "no-territory": (p) => `${p.field}: "${p.found}" is no territory that we know; allowed: scale:code, as department:26 or country:FRA`,
  "not-a-date": (p) => `${p.field}: "${p.found}" is no day; allowed: 2026-12-31 or 31/12/2026`,
  "not-a-number": (p) => `${p.field}: "${p.found}" is no number; allowed: figures, as 50 or 12,5`,
  "not-yes-or-no": (p) => `${p.field}: "${p.found}" is neither; allowed: yes, no`,
  "not-a-link": (p) => `${p.field}: "${p.found}" is no address; allowed: one that begins with http:// or https://`,
  "no-text-left": (p) => `${p.field}: no text is left of "${p.found}" once it is cleaned`,
  "out-of-bounds": (p) => `${p.field}: "${shortened(p.found)}" is not allowed${p.allowed ? `: ${p.allowed}` : ""}`,
  "already-so": (p) => `${p.field} shows this already`,
  "not-edited": (p) => `${p.field} holds no edit that could be withdrawn`,
  "no-proposal": (p) => (p.field ? `no proposal waits on ${p.field}` : "no proposal waits on it"),
  "is-rejected": () => "it is rejected; `moisson aid restore` takes that back",
  "is-merged": (p) => `it is merged into ${p.into}; \`moisson aid split\` takes that back`,
  "is-published": () => "it is published already",
  "not-published": () => "it is not published",
  "missing-fields": (p) => `before it can be published, fill or mend ${p.fields}`,
  "not-taken-off": () => "nobody rejected, withdrew or suspended it",
  "left-its-feed": (p) => `it left its feed on ${p.day}, and returns with it`,
  "withdrawn-by": (p) => `${p.by} withdrew it on ${p.day}; \`moisson aid restore\` takes that back`,
  "not-merged": () => "it is not merged",
  "into-itself": () => "an aid is not merged into itself",
  "into-merged": (p) => `the other one is itself merged into ${p.into}: name that one`,
  "into-rejected": () => "the other one is rejected",
  "into-its-own": () => "the other one is merged into this one",
  "licence-not-open": (p) =>
    `its licence is ${p.licence === "agreement" ? "a special agreement" : "unknown"}: it is on the site, in no open-data export`,
  "is-withdrawn": (p) => `withdrawn since ${p.day}: nobody sees it until it returns`,
  "answers-proposal": (p) => `the publisher's change of ${p.field}, which waited for a curator, is answered by this edit`,
  "now-missing": (p) => `published, and now without ${p.fields}, which publishing asks for`,
};

/** Explains why an action is refused, or what to note about it. */
export function objectionMessage({ code, params }: Objection): string {
  return sentences[code](params);
}

function shortened(text = ""): string {
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
  withdraw: "withdrawn",
} as const;
