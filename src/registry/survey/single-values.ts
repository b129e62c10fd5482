const link = /^\s*(?:https?\s*:\s*\/\/|www\.)[^\s]{3,}/i;
const email = /^\s*(?:mailto:)?[^\s@]+@[^\s@]+\.[a-z]{2,}\s*$/i;
const phone = /^\s*(?:\+\s?33|0\s?[1-9])(?:[\s.\-/()]*\d){8}\s*$|^\s*(?:\+\s?33|0\s?[1-9])(?:[\s.\-/()]+\d{2}){4}/;

/** True for a text that begins as an address of the web. */
export function isLink(text: string): boolean {
  return link.test(text);
}

/** True for an e-mail address by itself. */
export function isEmail(text: string): boolean {
  return email.test(text);
}

/** True for a French phone number, by itself or before other words. */
export function isPhone(text: string): boolean {
  return phone.test(text);
}
