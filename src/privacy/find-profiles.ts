import { ownerOfMailbox } from "./whose-mailbox.ts";

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

const handleAlone = /(?<![\p{L}\d._%+/-])@([\w.]{3,30})(?![\w@])/gu;
const nobody: ReadonlySet<string> = new Set();
const address =
  /(?:https?:\/\/)?((?:[a-z]{1,3}\.)?(?:(linkedin\.com\/(?:in|pub)|facebook\.com\/(?:people|profile\.php))|(?:twitter|facebook|instagram|tiktok|(?<![\w.-])x)\.com|bsky\.app\/profile|threads\.net|[a-z\d-]+(?:\.[a-z\d-]+)+(?=\/@))[/?]@?([\w.%=-]*[\w=])(?:\/[^\s"'<>)]*)?)/gi;

/** Returns true if a text may contain such an address. */
export function canHoldProfile(text: string): boolean {
  return signs.some((sign) => text.includes(sign)) && network.test(text);
}

/** Finds the profiles of people: those of LinkedIn, and others whose name is that of a person. Pages of organisations are none. */
export function findProfiles(text: string): FoundProfile[] {
  if (!text.includes("@") && !canHoldProfile(text)) return [];
  const handles = [...text.matchAll(handleAlone)].flatMap(({ 0: whole, 1: handle = "", index }) =>
    isPersons(handle) ? [{ start: index, end: index + whole.length, normalised: whole.toLowerCase() }] : [],
  );
  if (!canHoldProfile(text)) return handles;
  const pages = [...text.matchAll(address)].flatMap(({ 0: whole, 1: page = "", 2: personal, 3: handle = "", index }) =>
    personal === undefined && !isPersons(handle)
      ? []
      : [{ start: index, end: index + whole.length, normalised: page.toLowerCase().replace(/^www\./, "") }],
  );
  return [...pages, ...handles];
}

function isPersons(handle: string): boolean {
  const parted = handle.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ".").toLowerCase();
  return ownerOfMailbox({ local: parted, domain: "" }, nobody) === "person";
}
