/** An e-mail address in a text. */
export interface FoundEmail {
  readonly start: number;
  readonly end: number;
  /** Lower case, always with `@`. */
  readonly normalised: string;
  /** Local part, lower case. */
  readonly local: string;
}

const address =
  /(?<![\p{L}\d._%+-])([\p{L}\d][\p{L}\d._%+'-]{0,63})\s?(?:@|[([{](?:at|a|@|arobase)[)\]}]|\sarobase\s)\s?((?:[\p{L}\d](?:[\p{L}\d-]{0,62})\.)+\p{L}{2,18})/giu;
const sign = /@|[([{](?:at|a)[)\]}]|arobase/i;

/** Finds e-mail addresses, including those with "(at)" or "[a]". */
export function findEmails(text: string): FoundEmail[] {
  if (!sign.test(text)) return [];
  const found: FoundEmail[] = [];
  for (const { 0: whole, 1: written = "", 2: domain = "", index } of text.matchAll(address)) {
    const local = written.toLowerCase();
    found.push({ start: index, end: index + whole.length, normalised: `${local}@${domain.toLowerCase()}`, local });
  }
  return found;
}
