import {
  choose,
  constant,
  date,
  defineConnector,
  firstOf,
  identifier,
  join,
  json,
  labelled,
  literal,
  markdown,
  money,
  organisations,
  perimeters,
  section,
  split,
  terms,
  text,
  url,
  when,
} from "moisson/connector-kit";

const conditions = "conditions d'éligibilité";
/** The feed's notation for no end date. */
const never = "31/12/2099";
const question = "contact question";
const byMail = { field: question, hasWords: ["mailto"] };
/** "formulaire" means the site's own form. */
const byLink = { all: [{ field: question, isFilled: true }, { not: { field: question, isOneOf: ["formulaire"] } }] };
const address = firstOf(when(byMail, section(question, { from: "mailto:" })), when(byLink, question));
/** Link texts of the steps that lead to an application. */
const applying = [
  "Déposer mon dossier",
  "Déposer un dossier",
  "Déposer votre dossier",
  "Déposer votre demande",
  "Faire ma demande de prêt",
  "Inscription",
];

/**
 * Transition écologique des entreprises (ADEME, DGE), its catalogue of 260 programmes, with more details than the export on data.gouv.fr.
 *
 * Oddities:
 * - dates have the day first; 31/12/2099 means no end. The export swaps day and month: of 186 common programmes, 28 dates are wrong and
 *   104 lost;
 * - "aide temporairement indisponible" marks a suspended programme in the catalogue; it is skipped;
 * - the territory is one text that mixes names, regions and departments ("Landes, Nouvelle-Aquitaine, Occitanie");
 * - amounts are texts. Those of loans are read; the others go to the description or to comments;
 * - the contact operator is also the instructor in the export; the other operators appear there as distributors only;
 * - "CCI ou CMA" means two organisations; spaces after links; straight and curly apostrophes; Markdown in conditions;
 * - `champs conditionnels` has other amounts, addresses and operators for some regions or sizes, which our schema cannot express.
 *   `publicodes` and most of `eligibilityData` serve to match companies;
 * - two programmes, each for one region, share a title.
 */
export const connector = defineConnector({
  id: "tee-programmes",
  publisher: {
    name: "Transition écologique des entreprises",
    kind: "state-service",
    territory: { scale: "country", code: "FRA" },
    website: "https://mission-transition-ecologique.beta.gouv.fr/",
    licence: "unknown",
  },
  state: "paused",
  because:
    "The same programmes come with transition-ecologique-entreprises, the publisher's open data: only one of both is to be scheduled.",
  feed: { urlFrom: "MOISSON_URL_TEE_PROGRAMMES" },
  decode: { format: "json" },
  keepWhen: [{ when: { not: { field: "aide temporairement indisponible", isOneOf: ["oui"] } }, reason: "temporarily unavailable" }],
  ignored: [
    "metaTitre",
    "metaDescription",
    "illustration",
    "publicodes",
    "type",
    "activable en autonomie",
    "autres opérateurs",
    "champs conditionnels",
  ],
  placeholders: [never],
  fields: {
    externalId: identifier("id"),
    name: text("titre"),
    description: markdown(
      join(
        [
          "promesse",
          "description",
          "description longue",
          labelled("Montant du financement : ", "montant du financement"),
          labelled("Montant du prêt : ", "montant du prêt"),
          labelled("Durée du prêt : ", "durée du prêt"),
          labelled("Montant de l'avantage fiscal : ", "montant de l'avantage fiscal"),
          labelled("Coût de l'accompagnement : ", "coût de l'accompagnement"),
          labelled("Durée de l'accompagnement : ", "durée de l'accompagnement"),
          labelled("Étapes :\n\n- ", join(["objectifs[].description"], "\n- ")),
        ],
        "\n\n",
      ),
    ),
    eligibility: markdown(
      join(
        [
          labelled("Taille de l'entreprise : ", `${conditions}.taille de l'entreprise`),
          labelled("Secteur d'activité : ", `${conditions}.secteur d'activité`),
          labelled("Nombre d'années d'activité : ", `${conditions}.nombre d'années d'activité`),
          labelled("Autres critères d'éligibilité :\n\n- ", join([`${conditions}.autres critères d'éligibilité`], "\n- ")),
        ],
        "\n\n",
      ),
    ),
    contact: markdown(join(["opérateur de contact", address], "\n\n")),
    contactEmail: text(when(byMail, section(question, { from: "mailto:" }))),
    originUrl: url("url"),
    applicationUrl: url(json("objectifs[].liens[]", { path: "[].lien", where: { key: "texte", isOneOf: applying } })),
    isCharged: choose([{ when: { field: "coût de l'accompagnement", isOneOf: ["Gratuit", "Gratuite"] }, use: constant(false) }]),
    startDate: date("début de validité", ["dd/MM/yyyy"]),
    submissionDeadline: date("fin de validité", ["dd/MM/yyyy"]),
    recurrence: choose(
      [
        {
          when: { all: [{ field: "fin de validité", isFilled: true }, { not: { field: "fin de validité", isOneOf: [never] } }] },
          use: constant("oneoff"),
        },
      ],
      constant("ongoing"),
    ),
    aidTypes: terms("nature de l'aide", "aidTypes"),
    targetedAudiences: terms(
      split(
        join(
          [
            literal("entreprises"),
            when({ field: "ouvert aux administrations publiques", isOneOf: ["oui"] }, literal("administrations publiques")),
          ],
          "|",
        ),
        "|",
      ),
      "targetedAudiences",
    ),
    categories: terms("eligibilityData.priorityObjectives", "categories"),
    instructors: organisations("opérateur de contact"),
    perimeters: perimeters(split(`${conditions}.secteur géographique`, ","), {
      written: "name",
      scales: ["region", "collectivity", "department", "country"],
    }),
    loanAmount: money("montant du prêt"),
    subventionComment: text(when({ field: "nature de l'aide", isOneOf: ["financement"] }, "montant du financement")),
    otherFinancialAidComment: text("montant de l'avantage fiscal"),
  },
  tellApartBy: [`${conditions}.secteur géographique`, "id"],
  expect: { atLeast: 130 },
});
