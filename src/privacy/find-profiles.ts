import { holdsFirstName } from "./whose-mailbox.ts";

/** The address of a page in a social network, in a text or an attribute. */
interface FoundProfile {
  readonly start: number;
  readonly end: number;
  /** Lower case, without scheme and `www`. */
  readonly normalised: string;
}

/** The signs of such an address. */
const signs = [".com/", "bsky.app/", "threads.net/", "/@"];
const network = /(?:linkedin|twitter|facebook|instagram|tiktok|\bx)\.com\/|bsky\.app\/|threads\.net\/|\w\/@/i;

const address =
  /(?:https?:\/\/)?((?:[a-z]{1,3}\.)?(?:(linkedin\.com\/(?:in|pub)|facebook\.com\/(?:people|profile\.php))|(?:twitter|facebook|instagram|tiktok|(?<![\w.-])x)\.com|bsky\.app\/profile|threads\.net|[a-z\d-]+(?:\.[a-z\d-]+)+(?=\/@))[/?]@?([\w.%=-]*[\w=])(?:\/[^\s"'<>)]*)?)/gi;

/** Returns true if a text may contain such an address. */
export function canHoldProfile(text: string): boolean {
  return signs.some((sign) => text.includes(sign)) && network.test(text);
}

/** Finds the profiles of people: those of LinkedIn, and others whose name contains a first name. Pages of organisations are none. */
export function findProfiles(text: string): FoundProfile[] {
  if (!canHoldProfile(text)) return [];
  return [...text.matchAll(address)].flatMap(({ 0: whole, 1: page = "", 2: personal, 3: handle = "", index }) => {
    const parted = handle.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ".").toLowerCase();
    if (personal === undefined && !holdsFirstName(parted)) return [];
    return [{ start: index, end: index + whole.length, normalised: page.toLowerCase().replace(/^www\./, "") }];
  });
}
