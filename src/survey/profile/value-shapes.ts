import type { ShapeShares, ValueShape } from "../../model/survey/field-profile.ts";
import { shareOf } from "./field-values.ts";
import { isEmail, isLink, isMadeByMachine, isPhone } from "./single-values.ts";

/** Values of a field that are examined. */
const maxTexts = 400;
/** Longer values are prose. Patterns are not tried on them. */
const maxLength = 300;

const digits = (text: string) => text.replace(/[\s'.]/g, "");
const uuid = /^\{?[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\}?$/i;
const file = /\.(?:pdf|docx?|xlsx?|odt|ods|pptx?|csv|zip|png|jpe?g|gif|svg|webp)(?:[?#]\S*)?$/i;
const sharing =
  /^\s*(?:mailto:\S*\?|https?:\/\/\S*[?&](?:subject|body)=|https?:\/\/(?:[\w-]+\.)?(?:facebook\.com\/(?:sharer|share|dialog)|twitter\.com\/(?:intent|share)|x\.com\/(?:intent|share)|linkedin\.com\/(?:share|cws)|bsky\.app\/intent|api\.whatsapp\.com|wa\.me|t\.me\/share|pinterest\.\w+\/pin\/create))/i;
const unit = "(?:€|euros?|eur|k€|k ?eur(?:os)?|m€|millions? d['’]euros|£|\\$|usd|gbp|chf)";
const figure = "\\d[\\d\\s.,\u00a0\u202f]*";
const amount = new RegExp(`^\\s*(?:[<>≤≥~]\\s*)?(?:${unit}\\s*)?${figure}\\s*${unit}?\\s*(?:h\\.?t\\.?|t\\.?t\\.?c\\.?)?\\s*$`, "i");
const withUnit = new RegExp(`${figure}\\s*${unit}|${unit}\\s*${figure}`, "i");
const range = new RegExp(
  `(?:entre|de|between|from|zwischen|von|da|tra|desde|entre)?\\s*${figure}\\s*(?:%|${unit})?\\s*(?:-|–|à|et|to|and|bis|und|a|e|y)\\s*${figure}\\s*(?:%|${unit})`,
  "i",
);
const legalForms =
  "s\\.?a\\.?r\\.?l|s\\.?a\\.?s\\.?u?|eurl|sci|scop|scic|gaec|earl|scea|gie|gip|snc|selarl|sem|epic|ehpad|ccas|siv[uo]m|syndicat|synd|association|asso|assoc|comite|amicale|club|federation|fondation|foundation|trust|university|universite|college|lycee|ecole|school|mairie|commune|ville|communaute|cc|ca|departement|conseil|union|ltd|limited|inc|llc|plc|gmbh|e\\.v|ag|srl|s\\.?p\\.?a|s\\.?l|entreprise|societe|ste|ets|etablissements|church|charity|council|hospital|centre|maison";
const company = new RegExp(
  `^(?:l['’]|la |le |les )?(?:${legalForms})(?:[\\s.,'’]|$)|[\\s,](?:sarl|sasu?|eurl|scop|scic|gaec|earl|scea|ltd|limited|inc|llc|plc|gmbh|e\\.v\\.|srl|s\\.p\\.a\\.)\\.?$`,
);
const person =
  /^(?:(?:m|mr|mme|mlle|mrs|miss|ms|dr|prof|herr|frau|sig|sr|sra)\.?\s+\p{Lu}[\p{L}'-]+|\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?\s+\p{Lu}{2,}[\p{Lu}'-]*$|\p{Lu}{3,}[\p{Lu}'-]*\s+\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?$)/iu;
const personCase = /^(?:\p{Lu}|m\.|mr|mme)/u;

const tests: Readonly<Record<ValueShape, (text: string) => boolean>> = {
  siren: (text) => /^\d{9}$/.test(digits(text)) && passesLuhn(digits(text)),
  // La Poste's numbers do not pass the check.
  siret: (text) => /^\d{14}$/.test(digits(text)) && (passesLuhn(digits(text)) || digits(text).startsWith("356000000")),
  uuid: (text) => uuid.test(text),
  "machine-code": isMadeByMachine,
  "short-code": (text) => /^[A-Z0-9][A-Z0-9._-]{0,11}$/.test(text) && !/^\d+$/.test(text),
  "file-path": (text) =>
    !isLink(text) && (/^(?:[a-z]:)?[\\/]?(?:[^\\/\s]+[\\/])+[^\\/\s]*\.\w{2,5}$/i.test(text) || (/^\S+$/.test(text) && file.test(text))),
  "site-path": (text) => /^\/[\w%-]+(?:\/[\w%.-]*)*$/.test(text),
  "share-link": (text) => sharing.test(text),
  "file-link": (text) => isLink(text) && file.test(text),
  link: isLink,
  email: isEmail,
  phone: isPhone,
  number: (text) => /^-?\d[\d\s.,\u00a0\u202f]*$/.test(text),
  year: (text) => /^(?:19|20)\d{2}(?:[./-](?:19|20)?\d{2})?$/.test(text),
  amount: (text) => amount.test(text) && withUnit.test(text),
  percentage: (text) => /^[<>≤≥]?\s*\d{1,3}(?:[.,]\d+)?\s*%$/.test(text),
  range: (text) => text.length < 80 && range.test(text),
  coordinates: (text) => /^-?\d{1,3}\.\d{3,}(?:\s*[,;]\s*-?\d{1,3}\.\d{3,})?$/.test(text),
  "postal-code": (text) => /^(?:0[1-9]|[1-8]\d|9[0-8])\d{3}$/.test(text),
  person: (text) => text.length < 60 && personCase.test(text) && isPerson(text),
  company: (text) => text.length < 120 && company.test(fold(text)),
  sentence: (text) => wordCount(text) >= 5 && (/[.!?…:](?:<\/\w+>)*$/.test(text) || wordCount(text) >= 10),
  word: (text) => text.length <= 30 && wordCount(text) === 1,
};

/** Returns how many of the texts of a field have each form. */
export function shapesOf(texts: readonly string[]): ShapeShares {
  const looked = texts.slice(0, maxTexts).map((text) => text.trim());
  const short = looked.filter((text) => text.length <= maxLength);
  const shares = Object.entries(tests).flatMap(([shape, holds]) => {
    const share = (shareOf(short, holds) * short.length) / Math.max(1, looked.length);
    return share === 0 ? [] : [[shape, share] as const];
  });
  const prose = looked.length - short.length;
  const found = Object.fromEntries(shares) as Partial<Record<ValueShape, number>>;
  return prose === 0 ? found : { ...found, sentence: (found.sentence ?? 0) + prose / looked.length };
}

function isPerson(text: string): boolean {
  const words = text.split(/\s+/);
  return (
    words.length <= 5 && /\p{Lu}/u.test(text) && !/\d/.test(text) && person.test(text) && !company.test(fold(text)) && hasTwoCases(words)
  );
}

/** Returns true for a title before a name, or for a surname in capitals beside a first name: "Jane DOE". */
function hasTwoCases(words: readonly string[]): boolean {
  if (/^(?:m|mr|mme|mlle|mrs|miss|ms|dr|prof|herr|frau)\.?$/i.test(words[0] ?? "")) return true;
  return words.some((word) => /^\p{Lu}{2,}/u.test(word)) && words.some((word) => /^\p{Lu}\p{Ll}+/u.test(word));
}

function wordCount(text: string): number {
  return text.split(/\s+/).length;
}

function fold(text: string): string {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
}

function passesLuhn(number: string): boolean {
  let sum = 0;
  for (let index = 0; index < number.length; index++) {
    const digit = Number(number[number.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0 && !/^0+$/.test(number);
}
