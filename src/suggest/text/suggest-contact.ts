import { decodeEntitiesOnce } from "../../kit/values/html/decode-entities.ts";
import { escapeAttribute, escapeText } from "../../kit/values/html/html-markup.ts";
import { cleanUrl } from "../../kit/values/text/clean-url.ts";
import { findEmails } from "../../kit/values/text/find-emails.ts";
import { findPhones } from "../../kit/values/text/find-phones.ts";
import { limits } from "../../model/aid/aid.ts";
import { onlyValue, type Suggested } from "../suggested.ts";
import type { Passage } from "./passages.ts";

/** Maximum number of sentences of a suggested contact. A text with more addresses is a directory, which no rule can choose from. */
const maxSentences = 4;

/** A line that says it is the contact: "Contact : service eau, 04 75 …". */
const labelled = /^(?:(?:vos|votre|nos) )?(?:contacts?|renseignements|pour toute question|qui contacter)\b[^:]{0,60}: ?(?=\S)/i;
/** Strength of a sentence that only mentions an address: "envoyez le dossier à …". */
const mentioned = 0.5;

/** Suggests the contact, its e-mail address and its phone number from the sentences that contain one. */
export function suggestContact(passages: readonly Passage[]): Suggested[] {
  const telling = passages.filter(({ text }) => findEmails(text).length > 0 || findPhones(text).length > 0);
  const contact = passages.filter(
    ({ text }) => labelled.test(text) && (telling.some((one) => one.text === text) || /https?:\/\//.test(text)),
  );
  return [
    ...contactOf(contact, 1),
    ...(contact.length > 0 ? [] : contactOf(telling, mentioned)),
    ...onlyOne("contactEmail", "sentence-mail", telling, mailsIn),
    ...onlyOne("contactPhone", "sentence-phone", telling, phonesIn),
  ];
}

function contactOf(passages: readonly Passage[], strength: number): Suggested[] {
  const lines = [...new Set(passages.map(({ text }) => text.replace(labelled, "")))];
  if (lines.length === 0 || lines.length > maxSentences) return [];
  const value = lines.map((line) => `<p>${linked(escapeText(line))}</p>`).join("");
  const evidence = passages.map(({ from, text }) => ({ kind: "sentence", from, text }) as const);
  return [{ field: "contact", rule: "sentence-contact", value, strength, evidence }];
}

/** Makes links of the web addresses in an escaped text. */
function linked(escaped: string): string {
  return escaped.replace(/https?:\/\/[^\s<>"]+/g, (written) => {
    const url = cleanUrl(decodeEntitiesOnce(written).replace(/[.,;)_]+$/, ""));
    return url === null ? written : `<a href="${escapeAttribute(url)}" rel="noopener">${escapeText(url)}</a>`;
  });
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
  const found = new Map<string, Passage>();
  for (const passage of passages) for (const value of read(passage.text)) if (!found.has(value)) found.set(value, passage);
  const maxLength = limits[field === "contactPhone" ? "contactPhone" : "line"];
  return onlyValue(field, rule, found).filter(({ value }) => String(value).length <= maxLength);
}
