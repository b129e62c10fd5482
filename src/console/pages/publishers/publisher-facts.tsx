import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import { labelOf, slugsOf } from "../../../model/vocabularies.ts";
import { Alert } from "../../parts/alert.tsx";
import { type Fact, Facts } from "../../parts/facts.tsx";
import { formatDay } from "../../parts/time.ts";
import type { Visit } from "../../visit.ts";
import type { PublisherView } from "./publisher-at.ts";
import type { PublisherConnector } from "./read-connectors.ts";
import { kindWord, territoryInWords } from "./read-publisher-rows.ts";

/** Facts about a publisher. Visitors who may see names of people also see the person in charge. */
export async function PublisherFacts({ visit, publisher, isPartner }: PublisherView): Promise<Child> {
  const { kind, territory, siren, website, personInCharge } = publisher;
  const facts: Fact[] = [
    { name: "Nature", value: kindWord(kind) },
    { name: "Territoire", value: territoryInWords(territory) || "inconnu" },
    ...(siren === null ? [] : [{ name: "SIREN", value: siren.replace(/(\d{3})(?=\d)/g, "$1\u202f") }]),
    ...(website === null ? [] : [{ name: "Site", value: <SiteLink website={website} name={publisher.name} /> }]),
  ];
  if (isPartner) facts.push({ name: "Suivi par", value: await nameOf(visit, personInCharge) });
  return (
    <section class="fr-mb-4w">
      <h2>Qui il est</h2>
      <Facts facts={facts} />
    </section>
  );
}

async function nameOf({ catalogue }: Visit, personId: string | null): Promise<string> {
  if (personId === null) return "personne pour le moment";
  return (await catalogue.people.find(personId))?.name ?? "compte supprimé";
}

function SiteLink({ website, name }: { readonly website: string; readonly name: string }): Child {
  return (
    <a href={website} target="_blank" rel="noopener noreferrer" title={french`${name}, site du producteur – nouvelle fenêtre`}>
      {website.replace(/^https?:\/\/|\/$/g, "")}
    </a>
  );
}

/** The agreement, and warnings about connectors with another licence. Only partners see who agreed, and the document. */
export function PublisherAgreement({ publisher, connectors, isPartner }: PublisherView): Child {
  const { licence, agreedOn, agreedBy, agreementDocument } = publisher;
  const facts: Fact[] = [
    ...(licence === null ? [] : [{ name: "Licence", value: licenceWord(licence) }]),
    ...(agreedOn === null ? [] : [{ name: "Accord donné le", value: formatDay(agreedOn) }]),
    ...(agreedBy === null || !isPartner ? [] : [{ name: "Accord donné par", value: agreedBy }]),
    ...(agreementDocument === null || !isPartner ? [] : [{ name: "Document", value: <Written document={agreementDocument} /> }]),
  ];
  return (
    <section class="fr-mb-4w">
      <h2>Ce qui est convenu</h2>
      <Facts facts={facts} none="Rien n’est encore convenu avec ce producteur." />
      {licence !== null && connectors.map((one) => <OtherLicence agreed={licence} connector={one} isPartner={isPartner} />)}
    </section>
  );
}

function licenceWord(licence: string): string {
  const known = slugsOf("importShareLicence").find((slug) => slug === licence);
  return known === undefined ? licence : labelOf("importShareLicence", known);
}

function Written({ document }: { readonly document: string }): Child {
  if (!/^https?:\/\/\S+$/.test(document)) return document;
  return (
    <a href={document} target="_blank" rel="noopener noreferrer" title={french`Document de l'accord – nouvelle fenêtre`}>
      {document}
    </a>
  );
}

/** Warns about a connector with another licence. Its aids are exported under that licence or, if it is unknown, not at all. */
function OtherLicence(given: { readonly agreed: string; readonly connector: PublisherConnector; readonly isPartner: boolean }): Child {
  const {
    agreed,
    connector: {
      row: { id, name, definition },
    },
    isPartner,
  } = given;
  if (definition === null || definition.publisher.licence === agreed) return null;
  return (
    <Alert kind="warning" title={french`Le connecteur « ${name} » ne dit pas cette licence`}>
      <p>
        {definition.publisher.licence === "unknown"
          ? french`Il n'en dit aucune : ses aides ne sortent en données ouvertes que si une base de réutilisation est confirmée.`
          : french`Il dit : ${licenceWord(definition.publisher.licence)}.`}{" "}
        {isPartner && <a href={`/connecteurs/${id}/definition/producteur`}>Changer la licence du connecteur</a>}
      </p>
    </Alert>
  );
}
