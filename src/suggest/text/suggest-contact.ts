import { escapeText } from "../../kit/values/html/html-markup.ts";
import { limits } from "../../model/aid/aid.ts";
import { findEmails } from "../../privacy/find-emails.ts";
import { findPhones } from "../../privacy/find-phones.ts";
import type { Suggested } from "../suggested.ts";
import type { Passage } from "./passages.ts";

/** Maximum number of sentences of a suggested contact. A text with more addresses is a directory, which no rule can choose from. */
const maxSentences = 4;

/** Suggests the contact, its e-mail address and its phone number from the sentences that contain one. */
export function suggestContact(passages: readonly Passage[]): Suggested[] {
  const found: Suggested[] = [];
  const telling = passages.filter(({ text }) => findEmails(text).length > 0 || findPhones(text).length > 0);
  const lines = [...new Set(telling.map(({ text }) => text))];
  if (lines.length > 0 && lines.length <= maxSentences) {
    found.push({
      field: "contact",
      rule: "sentence-contact",
      value: lines.map((line) => `<p>${escapeText(line)}</p>`).join(""),
      strength: 1,
      evidence: telling.map(({ from, text }) => ({ kind: "sentence", from, text })),
    });
  }
  return [
    ...found,
    ...onlyOne("contactEmail", "sentence-mail", telling, mailsIn),
    ...onlyOne("contactPhone", "sentence-phone", telling, phonesIn),
  ];
}

function mailsIn(text: string): string[] {
  return findEmails(text).map(({ normalised }) => normalised);
}

function phonesIn(text: string): string[] {
  return findPhones(text).map(({ start, end }) => text.slice(start, end).trim());
}

/** Suggests a value that the texts contain exactly once. Of several, no rule can say which one is the contact. */
function onlyOne(
  field: "contactEmail" | "contactPhone",
  rule: Suggested["rule"],
  passages: readonly Passage[],
  read: (text: string) => readonly string[],
): Suggested[] {
  const values = new Set(passages.flatMap(({ text }) => read(text)));
  const [value] = values;
  if (value === undefined || values.size > 1 || value.length > limits[field === "contactPhone" ? "contactPhone" : "line"]) return [];
  const evidence = passages
    .filter(({ text }) => read(text).includes(value))
    .map(({ from, text }) => ({ kind: "sentence", from, text }) as const);
  return [{ field, rule, value, strength: 1, evidence: evidence.slice(0, 1) }];
}
