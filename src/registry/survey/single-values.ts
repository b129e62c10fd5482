const link = /^\s*(?:https?\s*:\s*\/\/|www\.)[^\s]{3,}/i;
const email = /^\s*(?:mailto:)?[^\s@]+@[^\s@]+\.[a-z]{2,}\s*$/i;
const phone = /^\s*(?:\+\s?33|0\s?[1-9])(?:[\s.\-/()]*\d){8}\s*$|^\s*(?:\+\s?33|0\s?[1-9])(?:[\s.\-/()]+\d{2}){4}/;

/** Returns true for a text that starts like a web address. */
export function isLink(text: string): boolean {
  return link.test(text);
}

/** Returns true for an e-mail address alone. */
export function isEmail(text: string): boolean {
  return email.test(text);
}

/** Returns true for a French phone number, alone or followed by words. */
export function isPhone(text: string): boolean {
  return phone.test(text);
}
