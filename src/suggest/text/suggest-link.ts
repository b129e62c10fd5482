import { cleanLine } from "../../kit/values/text/clean-text.ts";
import { cleanUrl } from "../../kit/values/text/clean-url.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import type { AidContent } from "../../model/aid/aid.ts";
import type { Suggested } from "../suggested.ts";

const anchor = /<a\b[^<>]*?\bhref="([^"<>]{1,2000})"[^<>]*>(.{1,300}?)<\/a>/gis;
const applying =
  /depos(?:er|ez) (?:ma|mon|un|votre|la|le|une)|candidater|(?:ma|votre) demande|formulaire de (?:demande|candidature|depot)|demarche en ligne|je m'inscris|s'inscrire/;
const applicationHost =
  /^https?:\/\/(?:www\.)?(?:demarches-simplifiees\.fr|demarche\.numerique\.gouv\.fr|mesdemarches\.[\w.-]+|subventions?\.[\w.-]+)\//;
const page = /^(?:page|presentation|fiche|detail)s? (?:de |du |sur )?(?:l')?(?:aide|dispositif|appel)/;

/** Suggests the link of the application form and of the aid's page from the links in the texts, if exactly one fits. */
export function suggestLinks(content: AidContent): Suggested[] {
  const forms = new Map<string, Suggested>();
  const pages = new Map<string, Suggested>();
  for (const from of ["description", "eligibility", "contact"] as const) {
    for (const [, href = "", label = ""] of (content[from] ?? "").matchAll(anchor)) {
      const url = cleanUrl(href);
      if (url === null) continue;
      const text = cleanLine(label);
      const folded = foldTerm(text);
      const suggested = {
        rule: "sentence-link",
        value: url,
        strength: 1,
        evidence: [{ kind: "sentence", from, text: `${text} (${url})` }],
      } as const;
      if (applying.test(folded) || applicationHost.test(url)) forms.set(url, { field: "applicationUrl", ...suggested });
      else if (page.test(folded)) pages.set(url, { field: "originUrl", ...suggested });
    }
  }
  return [...(forms.size === 1 ? forms.values() : []), ...(pages.size === 1 ? pages.values() : [])];
}
