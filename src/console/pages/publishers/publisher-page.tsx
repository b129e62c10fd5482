import type { Child } from "hono/jsx";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { licenceRequest } from "../../../french/letters/ask-licence.ts";
import { firstContact } from "../../../french/letters/first-contact.ts";
import { openLicences } from "../../../model/aid/open-data.ts";
import { Alert, Problems } from "../../parts/alert.tsx";
import { Collapsible } from "../../parts/collapsible.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { ActButton } from "../../parts/form-controls.tsx";
import { ParagraphLink } from "../../parts/paragraph-link.tsx";
import { formatDay } from "../../parts/time.ts";
import { type Page, pageRoute } from "../../route.ts";
import { publicAddress, type Visit, visitorOf } from "../../visit.ts";
import { FunnelInBrief } from "../funnel/funnel-page.tsx";
import { readReasonsToCall } from "./calls-page.tsx";
import { NextAction } from "./next-action.tsx";
import { OfferSection } from "./offer-section.tsx";
import { PublisherPeople } from "./people-policy.tsx";
import { ChargeButton } from "./person-in-charge.tsx";
import { type FormState, publisherAt, refreshPublishers, seesPeople } from "./publisher-at.ts";
import { PublisherConnectors, PublisherDrafts } from "./publisher-connectors.tsx";
import { PublisherContacts } from "./publisher-contacts.tsx";
import { PublisherAgreement, PublisherFacts } from "./publisher-facts.tsx";
import { PublisherLetters } from "./publisher-letters.tsx";
import { PublisherLog } from "./publisher-log.tsx";
import { StageBadge, StageForm } from "./publisher-stage.tsx";
import { PublisherVerify } from "./publisher-verify.tsx";
import { connectorsOf, type PublisherConnector } from "./read-connectors.ts";

export const publisherPage = pageRoute("/producteurs/:producteur", "read", async (visit) => {
  await refreshPublishers(visit);
  return pageOf(visit, await publisherAt(visit));
});

/** Returns the page. `again`: a form with mistakes, to show it again. */
export async function pageOf(visit: Visit, publisher: StoredPublisher, again: FormState = { typed: {}, problems: {} }): Promise<Page> {
  const connectors = await connectorsOf(visit, publisher);
  const isPartner = seesPeople(visit);
  return {
    title: publisher.name,
    breadcrumb: [{ title: "Producteurs", href: "/producteurs" }],
    menuPath: "/producteurs",
    status: again.moved !== undefined ? 409 : Object.keys(again.problems).length > 0 ? 422 : 200,
    content: (
      <>
        <h1 class="fr-mb-1w">{publisher.name}</h1>
        <p>
          <StageBadge stage={publisher.stage} /> <span class="moisson-mention">{`depuis le ${formatDay(publisher.stageSince)}`}</span>
        </p>
        {again.moved !== undefined && (
          <Alert kind="warning" isAnnounced>
            <p>{again.moved}</p>
          </Alert>
        )}
        <Problems problems={again.problems} />
        <PublisherVerify visit={visit} publisher={publisher} connectors={connectors} isPartner={isPartner} />
        {isPartner && <WhatNext visit={visit} publisher={publisher} hasFeed={connectors.length > 0} />}
        {isPartner && connectors.length === 0 && <FirstContactSection visit={visit} publisher={publisher} />}
        {isPartner && (
          <div class="moisson-halves">
            <StageForm visit={visit} publisher={publisher} again={again} />
            <NextAction visit={visit} publisher={publisher} again={again} />
          </div>
        )}
        <div class="moisson-halves">
          <div>
            <PublisherFacts visit={visit} publisher={publisher} />
            <PublisherAgreement publisher={publisher} connectors={connectors} isPartner={isPartner} />
            <PublisherPeople visit={visit} publisher={publisher} isPartner={isPartner} why={again.typed.raison} />
            {isPartner && <LicenceRequest publisher={publisher} connectors={connectors} />}
          </div>
          <div>
            <FunnelInBrief visit={visit} connectors={connectors.map(({ row }) => row.id)} />
            {connectors.length > 0 && (
              <ParagraphLink href={`/producteurs/${publisher.publisherId}/chiffres`} label="Ses chiffres mois par mois" />
            )}
          </div>
        </div>
        <PublisherConnectors visit={visit} publisher={publisher} connectors={connectors} isPartner={isPartner} />
        {isPartner && (
          <>
            <PublisherDrafts visit={visit} publisher={publisher} />
            <PublisherLetters visit={visit} connectors={connectors} />
            <div class="moisson-halves">
              <PublisherContacts visit={visit} publisher={publisher} />
              {connectors.length > 0 && <OfferSection visit={visit} publisher={publisher} />}
            </div>
            <PublisherLog visit={visit} publisher={publisher} again={again} />
          </>
        )}
      </>
    ),
  };
}

async function WhatNext(given: { readonly visit: Visit; readonly publisher: StoredPublisher; readonly hasFeed: boolean }): Promise<Child> {
  const { visit, publisher, hasFeed } = given;
  const { publisherId, name } = publisher;
  const begun = (await visit.catalogue.publishers.draftsOf(publisherId)).find(({ connector }) => connector === null);
  const isFirst = begun === undefined && !hasFeed;
  return (
    <div class="moisson-acts fr-mb-3w moisson-no-print">
      {begun !== undefined && (
        <a class="fr-btn" href={`/brouillons/${begun.draftId}`}>
          Reprendre son brouillon
        </a>
      )}
      <ActButton
        action="/brouillons"
        csrf={visit.csrf}
        label={isFirst ? "Amener son flux" : "Amener un autre flux"}
        fields={{ producteur: publisherId, nom: name }}
        kind={isFirst ? "primary" : "secondary"}
        size="md"
      />
      <a class="fr-btn fr-btn--secondary" href={`/producteurs/${publisherId}/saisir`}>
        Saisir une aide
      </a>
      <a class="fr-btn fr-btn--secondary" href={`/producteurs/${publisherId}/modifier`}>
        Modifier
      </a>
      <a class="fr-btn fr-btn--secondary" href={`/verifier?producteur=${publisherId}`}>
        Vérifier un fichier
      </a>
      <a class="fr-btn fr-btn--secondary" href={`/producteurs/${publisherId}/espace`}>
        Son espace
      </a>
      <ChargeButton visit={visit} publisher={publisher} />
    </div>
  );
}

/** What to write and to say to a publisher that nobody has contacted yet, to copy. Null at later stages. */
async function FirstContactSection(given: { readonly visit: Visit; readonly publisher: StoredPublisher }): Promise<Child> {
  const { visit, publisher } = given;
  if (publisher.stage !== "spotted" && publisher.stage !== "contacted") return null;
  const { subject, mail, call } = firstContact({
    publisher: publisher.name,
    kind: publisher.kind,
    ...(await readReasonsToCall(visit, publisher)),
    guide: publicAddress(visit, "/publier-ses-aides"),
    check: publicAddress(visit, "/verifier"),
    by: visitorOf(visit).name,
    service: visit.console.settings.name,
  });
  return (
    <Collapsible summary="Premier contact : que dire, que demander">
      <ol>
        {call.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
      <p>
        Ou par courrier, objet : <strong>{subject}</strong>
      </p>
      <textarea class="fr-input fr-mb-2w" id="premier-contact" rows={16} readonly aria-label="Texte du courrier de premier contact">
        {mail}
      </textarea>
      <CopyButton of="premier-contact" label="Copier le courrier" />
    </Collapsible>
  );
}

/** A mail that asks for an open licence, to copy. Null if the agreement or the connectors have one. */
function LicenceRequest({
  publisher,
  connectors,
}: {
  readonly publisher: StoredPublisher;
  readonly connectors: readonly PublisherConnector[];
}): Child {
  const licences = [publisher.licence, ...connectors.map(({ row }) => row.definition?.publisher.licence ?? null)];
  if ([...openLicences].some((open) => licences.includes(open))) return null;
  const { subject, body } = licenceRequest({ publisher: publisher.name, aids: connectors.reduce((sum, { live }) => sum + live, 0) });
  return (
    <Collapsible summary="Demander une licence ouverte : courrier prêt">
      <p>
        Objet : <strong>{subject}</strong>
      </p>
      <textarea class="fr-input fr-mb-2w" id="demande-licence" rows={14} readonly aria-label="Texte du courrier">
        {body}
      </textarea>
      <CopyButton of="demande-licence" label="Copier le courrier" />
      <p class="moisson-mention">Notez la réponse dans l’accord du producteur, et la licence dans son connecteur.</p>
    </Collapsible>
  );
}
