import type { LossGroup, LossKind } from "../../model/run/losses.ts";

const nouns: Readonly<Record<LossKind, readonly [string, string]>> = {
  link: ["link", "links"],
  document: ["document", "documents"],
  image: ["image", "images"],
  mail: ["e-mail address", "e-mail addresses"],
  phone: ["phone number", "phone numbers"],
  date: ["date", "dates"],
  word: ["word", "words"],
};

/** Returns `2 of 5 links`. */
export function lossCount(kind: LossKind, { found, lost }: { readonly found: number; readonly lost: number }): string {
  return `${lost} of ${found} ${nouns[kind][found === 1 ? 0 : 1]}`;
}

/** Describes what a field loses: `etapes[].lien: 2 of 5 links, in 2 records: row 4 "https://…"; row 9 "…"`. */
export function lossMessage(group: LossGroup): string {
  const examples = group.examples.map(({ locator, value }) => `${locator} ${JSON.stringify(value)}`).join("; ");
  return `${group.path}: ${lossCount(group.kind, group)}, in ${group.records} ${group.records === 1 ? "record" : "records"}: ${examples}`;
}
