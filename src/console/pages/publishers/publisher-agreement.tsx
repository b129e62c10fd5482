import type { Child } from "hono/jsx";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { french } from "../../../french/typography.ts";
import { labelOf, slugsOf } from "../../../model/vocabularies.ts";
import { Alert } from "../../parts/alert.tsx";
import { type Fact, Facts } from "../../parts/facts.tsx";
import { formatDay } from "../../parts/time.ts";
import type { PublisherConnector } from "./read-connectors.ts";

/** What was agreed: licence, day, and for those who may see it who said yes and where it is written; which connectors say another licence. */
export function PublisherAgreement(given: {
  readonly publisher: StoredPublisher;
  readonly connectors: readonly PublisherConnector[];
  readonly isPartner: boolean;
}): Child {
  const { publisher, connectors, isPartner } = given;
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

/** A connector whose licence is another one: its aids go out under that, or not at all. */
function OtherLicence(given: { readonly agreed: string; readonly connector: PublisherConnector; readonly isPartner: boolean }): Child {
  const {
    agreed,
    connector: {
      row: { id, definition },
    },
    isPartner,
  } = given;
  if (definition === null || definition.publisher.licence === agreed) return null;
  return (
    <Alert kind="warning" title={french`Le connecteur ${id} ne dit pas cette licence`}>
      <p>
        {definition.publisher.licence === "unknown"
          ? french`Il n'en dit aucune : ses aides ne sont pas exportées en données ouvertes.`
          : french`Il dit : ${licenceWord(definition.publisher.licence)}.`}{" "}
        {isPartner && <a href={`/connecteurs/${id}/definition/producteur`}>Changer la licence du connecteur</a>}
      </p>
    </Alert>
  );
}
