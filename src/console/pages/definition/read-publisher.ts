import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { frenchMember } from "../../../french/values.ts";
import { type Connector, publisherKinds } from "../../../kit/definition.ts";
import { isSiren } from "../../../model/publisher/is-siren.ts";
import { findPerimeter } from "../../../model/territories/perimeters.ts";
import { slugsOf } from "../../../model/vocabularies.ts";
import { readTerritory } from "../../curation/read-territory.ts";
import type { Form } from "../../route.ts";
import { sirenProblem } from "../publishers/publisher-form.ts";
import { territoryInWords } from "../publishers/read-publisher-rows.ts";

type Publisher = Connector["publisher"];
/** A publisher as it is written in the form. */
export type WrittenPublisher = Readonly<
  Record<"nom" | "siren" | "nature" | "territoire" | "licence" | "accord" | "site" | "raison", string>
>;
/** What is wrong in the form, by field. */
export type WrongPublisher = Partial<Record<keyof WrittenPublisher, string>>;

/** A publisher as the form shows it. */
export function writtenPublisher({
  name,
  siren = "",
  kind,
  territory,
  licence,
  agreement = "",
  website = "",
}: Publisher): WrittenPublisher {
  const found = findPerimeter(territory)?.perimeter;
  const place = found === undefined ? `${territory.scale}:${territory.code}` : frenchMember("perimeters", found);
  return { nom: name, siren, nature: kind, territoire: place, licence, accord: agreement, site: website, raison: "" };
}

/** The form as it begins where a connector was brought in for another publisher than whose it is: what is known of that one. */
export function writtenFor(
  { name, siren, kind, territory, website, licence }: StoredPublisher,
  before: WrittenPublisher,
): WrittenPublisher {
  const known = { nom: name, siren: siren ?? "", nature: kind, territoire: territoryInWords(territory), site: website ?? "" };
  return { ...before, ...known, licence: licence ?? before.licence };
}

/** What was written in the form. */
export function readWrittenPublisher(form: Form): WrittenPublisher {
  const text = (name: string) => form.text(name).slice(0, 300);
  return {
    nom: text("nom"),
    siren: text("siren").replaceAll(/\s/g, ""),
    nature: text("nature"),
    territoire: text("territoire"),
    licence: text("licence"),
    accord: text("accord"),
    site: text("site"),
    raison: form.text("raison"),
  };
}

/** The publisher that was meant; null where something is wrong, which is said by field. */
export function readPublisher(
  written: WrittenPublisher,
  before: Publisher,
): { readonly made: Publisher | null; readonly problems: WrongPublisher } {
  const kind = publisherKinds.find((known) => known === written.nature);
  const licence = slugsOf("importShareLicence").find((known) => known === written.licence);
  const territories = written.territoire === writtenPublisher(before).territoire ? [before.territory] : readTerritory(written.territoire);
  const [territory] = territories;
  const problems: WrongPublisher = {
    ...(written.nom === "" && { nom: "Dites le nom du producteur." }),
    ...(written.siren !== "" && !isSiren(written.siren) && { siren: sirenProblem(written.siren) }),
    ...(kind === undefined && { nature: "Dites ce qu’est le producteur." }),
    ...(licence === undefined && { licence: "Choisissez une licence, ou « inconnue »." }),
    ...(licence === "agreement" && written.accord === "" && { accord: "Dites quel accord : sa date, ou sa référence." }),
    ...(territories.length !== 1 && { territoire: territoryProblem(territories.length) }),
    ...(written.site !== "" && !/^https?:\/\/\S+$/.test(written.site) && { site: "Une adresse commence par http:// ou https://." }),
  };
  if (Object.keys(problems).length > 0 || kind === undefined || licence === undefined || territory === undefined)
    return { made: null, problems };
  return {
    made: {
      name: written.nom,
      ...(written.siren !== "" && { siren: written.siren }),
      kind,
      territory: { scale: territory.scale, code: territory.code },
      ...(written.site !== "" && { website: written.site }),
      licence,
      ...(written.accord !== "" && { agreement: written.accord }),
    },
    problems,
  };
}

function territoryProblem(found: number): string {
  return found === 0
    ? "Nous ne connaissons pas ce territoire : écrivez son nom (« Bretagne ») ou son code (« région 53 »)."
    : "Plusieurs territoires portent ce nom : écrivez aussi lequel (« département 75 »).";
}
