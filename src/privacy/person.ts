import { findEmails } from "../kit/values/text/find-emails.ts";
import { normalisedPhone } from "../kit/values/text/find-phones.ts";
import { foldName, nameWords } from "./fold-name.ts";

/** A name, an e-mail address or a phone number that identifies a person. */
export interface Person {
  readonly kind: "name" | "email" | "phone";
  /** Name: folded and sorted words. Address: lower case. Number: E.164. */
  readonly normalised: string;
}

/** Maximum number of words in a name. */
export const maxNameWords = 6;

const civility = /^(?:m|mm|mr|mme|mmes|mlle|mlles|madame|monsieur|mademoiselle|dr|docteur|pr|me|maitre)$/;

/** Parses an address, a number, or a name of two to six words, as typed. Returns null for any other text. */
export function readPerson(written: string): Person | null {
  const text = written.normalize("NFC").trim();
  if (text.includes("@")) {
    const [email] = findEmails(text);
    const isWhole = email !== undefined && email.start === 0 && email.end === text.length;
    return isWhole ? { kind: "email", normalised: email.normalised } : null;
  }
  if (/\d/.test(text)) {
    const phone = normalisedPhone(text);
    return phone === null ? null : { kind: "phone", normalised: phone };
  }
  const words = nameWords(text).map(({ folded }) => folded);
  const named = words[0] !== undefined && civility.test(words[0]) ? words.slice(1) : words;
  const isName = named.length >= 2 && named.length <= maxNameWords && named.some((word) => word.length > 2);
  return isName ? { kind: "name", normalised: foldName(named) } : null;
}
