import { publisherKindLabels } from "../../french/publishers.ts";
import { french } from "../../french/typography.ts";
import { frenchMember } from "../../french/values.ts";
import { publisherKinds } from "../../model/publisher/publisher-kinds.ts";
import type { Perimeter, PerimeterRef } from "../../model/territories/perimeter.ts";
import { findPerimeter } from "../../model/territories/perimeters.ts";
import { labelOf, slugsOf } from "../../model/vocabularies.ts";
import { readTerritory } from "../parts/territory-field.ts";
import { choice, type FormProblems, Invalid } from "./form.tsx";

const licence = choice(
  slugsOf("importShareLicence"),
  (slug) => labelOf("importShareLicence", slug),
  french`Choisissez une licence, ou « inconnue ».`,
);

/** The fields that describe a publisher. The forms of publishers, drafts and definitions share them. */
export const publisherFields = {
  nom: { label: "Nom", maxLength: 200, required: "Dites le nom du producteur." },
  siren: { label: "SIREN", hint: "Neuf chiffres.", maxLength: 20, read: readSiren },
  nature: { label: "Nature", ...choice(publisherKinds, (one) => publisherKindLabels[one], "Dites ce qu’est le producteur.") },
  territoire: {
    label: "Territoire",
    hint: french`Là où il est : « Bretagne », « Drôme (département, 26) », « France ».`,
    maxLength: 200,
    required: "Dites où est le producteur.",
    read: readOneTerritory,
  },
  site: { label: "Site", type: "url", maxLength: 500, read: readSite },
  licence: { label: "Licence de ses données", ...licence },
  accord: { label: "Accord particulier", hint: "Sa date, ou sa référence, si la licence est un accord.", maxLength: 300 },
} as const;

/** Returns a problem if the licence is an agreement without a reference. */
export function agreementProblem(typed: { readonly licence: string; readonly accord: string }): FormProblems {
  return typed.licence === "agreement" && typed.accord === "" ? { accord: "Dites quel accord : sa date, ou sa référence." } : {};
}

/** Returns `Bretagne (région, 53)`, which `readTerritory` can read; `scale:code` if the territory is unknown. */
export function territoryText({ scale, code }: PerimeterRef): string {
  const found = findPerimeter({ scale, code })?.perimeter;
  return found === undefined ? `${scale}:${code}` : frenchMember("perimeters", found);
}

function readOneTerritory(text: string): Perimeter | Invalid {
  const [territory, ...others] = readTerritory(text);
  if (territory === undefined)
    return new Invalid(french`Nous ne connaissons pas ce territoire : écrivez son nom (« Bretagne ») ou son code (« région 53 »).`);
  if (others.length === 0) return territory;
  const names = [territory, ...others].map((one) => french`« ${frenchMember("perimeters", one)} »`);
  return new Invalid(`Plusieurs territoires portent ce nom : écrivez ${names.join(" ou ")}.`);
}

function readSiren(text: string): string | Invalid {
  const siren = text.replaceAll(/\s/g, "");
  if (siren === "" || isSiren(siren)) return siren;
  return new Invalid(/^\d{9}$/.test(siren) ? "Ce SIREN n’existe pas : un de ses chiffres est faux." : "Un SIREN a neuf chiffres.");
}

function readSite(text: string): string | Invalid {
  return text === "" || /^https?:\/\/\S+$/.test(text) ? text : new Invalid("Une adresse commence par http:// ou https://.");
}

/** Returns true for a SIREN: nine digits with a Luhn check digit. */
function isSiren(text: string): boolean {
  if (!/^\d{9}$/.test(text)) return false;
  const sum = [...text].reduce((total, digit, place) => {
    const weighted = Number(digit) * (place % 2 === 1 ? 2 : 1);
    return total + (weighted > 9 ? weighted - 9 : weighted);
  }, 0);
  return sum % 10 === 0;
}
