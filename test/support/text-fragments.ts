/** Labels that a detail must follow. */
const detailLabel =
  /(?<!\p{L})(?:t[ée]l(?:[ée]phone)?|portable|mobile|mob|port|fax|e-?mail|mail|m[ée]l|courriel|nom|pr[ée]nom|ligne directe)$/iu;
const heading =
  /^(?:contacts?|coordonn[ée]es|(?:votre |vos )?(?:interlocut(?:eur|rice)s?|contacts?)|renseignements?|r[ée]f[ée]rente?s?|responsable|directeur|suivi(?: du dossier)?|voir avec|rédigé par|photographie)$/iu;
const civilities = "(?:M\\.|MM\\.|Mr|Mme|Mmes|Mlle|Madame|Monsieur|Mesdames|Messieurs)";
/** A civility without a name. */
const civilityAlone = new RegExp(`(?<![\\p{L}-])${civilities}(?=\\s*(?:[;:)–|/-]|et(?!\\p{L})|ou(?!\\p{L})|$))`, "u");
const openWords =
  "(?:à|au|aux|de|du|des|par|avec|auprès|et|ou|le|la|les|contacter|contactez|joindre|demander|écrivez|écrire|appeler|appelez|est|sont|chez|pour|sur|l['’]|d['’]|via|selon|entre|dont|que)";
/** A preposition or verb without its object. */
const openEnd = new RegExp(`(?<!\\p{L})${openWords}\\s*(?:[.,;:)»!?]|$)`, "iu");
const openInside = /(?<!\p{L})(?:de|du|par|avec|à|au|auprès de|chez|pour|entre|selon)\s+(?:et|ou|a|est|ont|sont|par|qui|puis)(?!\p{L})/iu;
const doubled = /[,;:–|/•]\s*[,;:|/•]|[,;:–|/•]\s*\.(?!\d)|(?:^|\s)[–-]\s+[–-](?:\s|$)|(?<!\p{L})(et|ou)\s+(?:et|ou)(?!\p{L})|,\s*et\s*,/iu;
const emptyBrackets = /[([«]\s*[,;:.–-]*\s*[)\]»]/u;
/** A sentence that begins with its verb. */
const noSubject =
  /^(?:a|ont|est|sont|était|étaient|accompagnent?|répond(?:ent)?|assurent?|animent?|vous (?:accompagne|reçoit|répond)|représenté|et|ou|au|aux|par|qui|puis)\s/iu;

/**
 * Returns the parts of a published text that are not whole: empty brackets, labels without a detail, open prepositions, sentences without
 * a subject, doubled separators. Faults that the publisher's text has too do not count.
 */
export function fragmentsOf(before: string, after: string, whole: string): string[] {
  const old = linesOf(before);
  const lines = linesOf(after);
  const known = new Set(old);
  const headerRow = linesOf(after.split("\n").find((line) => line.includes("\t")) ?? "")[0];
  const found: string[] = [];
  const report = (what: string, line: string) => found.push(`${what}: ${line}`);
  lines.forEach((line, at) => {
    const bare = line.replace(/[\s:.–-]+$/u, "");
    if (detailLabel.test(bare) && bare.length < 40 && line !== headerRow && old[old.indexOf(line) + 1] !== lines[at + 1])
      report("label without detail", line);
    const next = lines[at + 1];
    const isBareHeading = heading.test(bare) && !/^\p{L}+ :? ?\S+@/u.test(line);
    if ((isBareHeading || line.endsWith(":")) && (next === undefined || heading.test(next.replace(/[\s:.–-]+$/u, ""))))
      report("heading without text", line);
    if (known.has(line)) return;
    if (emptyBrackets.test(line)) report("empty brackets", line);
    if (civilityAlone.test(line)) report("civility alone", line);
    if (doubled.test(withoutLinks(line)) && !doubled.test(withoutLinks(whole))) report("doubled separator", line);
    for (const sentence of line.split(/(?<=[.!?»])\s+(?=[\p{Lu}«])/u)) {
      if (openEnd.test(sentence) && !before.includes(openEnd.exec(sentence)?.[0] ?? "")) report("open end", sentence);
      else if (/(?<!\p{L})(?:à|au|de|par|avec|et|ou|chez|pour|sur)\s*[.,;:]?$/iu.test(sentence)) report("open end", sentence);
      if (openInside.test(sentence) && !openInside.test(before)) report("hole", sentence);
      if (noSubject.test(sentence) && !old.some((one) => one.includes(sentence.slice(0, 12)) && noSubject.test(one)))
        report("no subject", sentence);
      else if (
        /^\p{Ll}/u.test(sentence) &&
        !/^\S+@|^https?:|^www\./u.test(sentence) &&
        !old.some((one) => one.startsWith(sentence.slice(0, 8)))
      )
        report("begins in the middle", sentence);
    }
    if (/[.?!;,]\p{Lu}/u.test(withoutLinks(line)) && !/[.?!;,]\p{Lu}/u.test(withoutLinks(before))) report("missing blank", line);
    // What qualified a person who is gone: "(secteur nord)", "Nord : Sud".
    if (/^\([^()]*\)(?:,|$)/u.test(line) || /^\p{L}+ : \p{L}+$/u.test(line)) report("qualifier alone", line);
    if (/^[,;:.)|/»]/u.test(line)) report("begins with punctuation", line);
  });
  return found;
}

function withoutLinks(text: string): string {
  return text.replace(/https?:\S+/g, "lien");
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.replace(/[\s\u00a0\u202f]+/g, " ").trim())
    .filter((line) => line !== "");
}
