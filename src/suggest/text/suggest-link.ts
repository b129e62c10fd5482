import { cleanLine } from "../../kit/values/text/clean-text.ts";
import { cleanUrl } from "../../kit/values/text/clean-url.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import type { AidContent } from "../../model/aid/aid.ts";
import type { SentenceEvidence } from "../../model/aid/suggestion.ts";
import { onlyValue, type Suggested } from "../suggested.ts";

const anchor = /<a\b[^<>]*?\bhref="([^"<>]{1,2000})"[^<>]*>(.{1,300}?)<\/a>/gis;
const applying =
  /depos(?:er|ez) (?:ma|mon|un|votre|la|le|une)|candidater|(?:ma|votre) demande|formulaire de (?:demande|candidature|depot)|demarche en ligne|je m'inscris|s'inscrire/;
const applicationHost =
  /^https?:\/\/(?:www\.)?(?:demarches-simplifiees\.fr|demarche\.numerique\.gouv\.fr|mesdemarches\.[\w.-]+|subventions?\.[\w.-]+)\//;
const page = /^(?:page|presentation|fiche|detail)s? (?:de |du |sur )?(?:l')?(?:aide|dispositif|appel)/;

/** Suggests the link of the application form and of the aid's page from the links in the texts, if exactly one fits. */
export function suggestLinks(content: AidContent): Suggested[] {
  const forms = new Map<string, Pick<SentenceEvidence, "from" | "text">>();
  const pages = new Map<string, Pick<SentenceEvidence, "from" | "text">>();
  for (const from of ["description", "eligibility", "contact"] as const) {
    for (const [, href = "", label = ""] of (content[from] ?? "").matchAll(anchor)) {
      const url = cleanUrl(href);
      if (url === null) continue;
      const text = cleanLine(label);
      const folded = foldTerm(text);
      const isForm = applying.test(folded) || applicationHost.test(url);
      if (isForm || page.test(folded)) (isForm ? forms : pages).set(url, { from, text: `${text} (${url})` });
    }
  }
  return [...onlyValue("applicationUrl", "sentence-link", forms), ...onlyValue("originUrl", "sentence-link", pages)];
}
