import type { ConnectorInput } from "../definition.ts";
import { firstOf, join, slug, split, when } from "../expressions/expression.ts";
import { date } from "../rules/date.ts";
import { identifier } from "../rules/identifier.ts";
import { list } from "../rules/list.ts";
import { organisations } from "../rules/organisations.ts";
import { perimeters } from "../rules/perimeters.ts";
import { terms } from "../rules/terms.ts";
import { plainText, text } from "../rules/texts.ts";
import { url } from "../rules/url.ts";
import { yesNo } from "../rules/yes-no.ts";
import { ratesIn } from "./bare-rates.ts";

const day = ["dd/MM/yy", "dd/MM/yyyy", "iso"];

/**
 * Returns a connector of the template of Aides-territoires for publishers without a feed. Its CSV and Excel files have the same columns.
 *
 * - Financers, instructors and territories are numbers of Aides-territoires. Term files map them.
 * - "10,22" means two rates. Excel turns it into the number 10.22.
 * - Dates start with the day. Years may have two digits.
 * - The hidden sheet "Sheet to show" contains no aid.
 */
export function manualTemplate(about: Pick<ConnectorInput, "id" | "title" | "feed" | "decode">): ConnectorInput {
  return {
    ...about,
    publisher: {
      name: "Modèle de saisie d'Aides-territoires",
      kind: "any",
      territory: { scale: "country", code: "FRA" },
      website: "https://aides-territoires.beta.gouv.fr/",
      licence: "unknown",
    },
    reuse: { basis: "unknown", note: "dépend de qui remplit le modèle" },
    ignored: ["Auteur"],
    fields: {
      externalId: identifier(
        when({ field: "Identifiant structure", isFilled: true }, join(["Identifiant structure", slug(firstOf("Nom initial", "Nom"))], "/")),
      ),
      name: text("Nom"),
      nameInitial: text(firstOf("Nom initial", "Nom")),
      description: plainText("Description complète de l'aide et de ses objectifs"),
      eligibility: plainText("Éligibilité"),
      projectExamples: plainText("Exemples de projets réalisables"),
      contact: plainText("Contact"),
      originUrl: url("URL d'origine"),
      applicationUrl: url("Lien vers une démarche en ligne"),
      isCallForProject: yesNo("Appel à projet / Manifestation d'intérêt"),
      startDate: date("Date d'ouverture", day),
      submissionDeadline: date("Date de clôture", day),
      recurrence: terms("Récurrence", "recurrence"),
      aidTypes: terms(split("Types d'aide", ","), "aidTypes"),
      targetedAudiences: terms(split("Bénéficiaires de l'aide", ","), "targetedAudiences"),
      destinations: terms(split("Types de dépenses / actions couvertes", ","), "destinations"),
      mobilizationSteps: terms(split("État d'avancement du projet pour bénéficier du dispositif", ","), "mobilizationSteps"),
      categories: terms(split("Sous-thématiques", ","), "categories"),
      programs: list(split("Programmes", ",")),
      projectReferences: list(split("Projets référents", ",")),
      financers: organisations(split("Porteurs d'aides", ","), { onlyKnown: true }),
      instructors: organisations(split("Instructeurs", ","), { onlyKnown: true }),
      perimeters: perimeters("Périmètre", { written: "terms" }),
      ...ratesIn("Taux de subvention, min. et max. (en %, nombre entier)", { written: "templatePair" }),
      subventionComment: text("Taux de subvention (commentaire optionnel)"),
      importDataUrl: url("Url d'origine de la donnée importée"),
    },
  };
}
