import type { Child } from "hono/jsx";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { licenceRequest } from "../../../french/letters/ask-licence.ts";
import { firstContact } from "../../../french/letters/first-contact.ts";
import { openLicences } from "../../../model/aid/open-data.ts";
import { Alert, Problems } from "../../parts/alert.tsx";
import { Collapsible } from "../../parts/collapsible.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { ActButton } from "../../parts/form-controls.tsx";
import { ButtonLink, ParagraphLink } from "../../parts/link.tsx";
import { formatDay } from "../../parts/time.ts";
import { type ActRoute, actRoute, type Page, pageRoute } from "../../route.ts";
import { publicAddress, type Visit, visitorOf } from "../../visit.ts";
import { FunnelInBrief } from "../funnel/funnel-page.tsx";
import { readReasonsToCall } from "./calls-page.tsx";
import { PublisherContacts } from "./contact-form.tsx";
import { NextAction } from "./next-action.tsx";
import { OfferSection } from "./offer-section.tsx";
import { PublisherPeople } from "./people-policy.tsx";
import { ChargeButton } from "./person-in-charge.tsx";
import {
  type FormState,
  type PublisherAct,
  type PublisherView,
  publisherAt,
  refreshPublishers,
  seesPeople,
  subjectOf,
} from "./publisher-at.ts";
import { PublisherConnectors, PublisherDrafts } from "./publisher-connectors.tsx";
import { PublisherAgreement, PublisherFacts } from "./publisher-facts.tsx";
import { PublisherLetters } from "./publisher-letters.tsx";
import { PublisherLog } from "./publisher-log.tsx";
import { PublisherVerify, StageBadge, StageForm } from "./publisher-stage.tsx";
import { connectorsOf } from "./read-connectors.ts";

export const publisherPage = pageRoute("/producteurs/:producteur", "read", async (visit) => {
  await refreshPublishers(visit);
  return pageOf(visit, await publisherAt(visit));
});

/** Returns the routes of acts on a publisher. */
export function publisherActs(acts: readonly PublisherAct[]): readonly ActRoute[] {
  return acts.map(({ path, act, perform }) =>
    actRoute(`/producteurs/:producteur/${path}`, { who: "bizdev", act }, async (visit, form) => {
      const publisher = await publisherAt(visit);
      const done = await perform(visit, publisher, form);
      if ("again" in done) return pageOf(visit, await publisherAt(visit), done.again);
      if ("content" in done) return done;
      const { message, at = "", to = `/producteurs/${publisher.publisherId}${at}`, details } = done;
      return message === undefined ? { to } : { message, to, subject: subjectOf(publisher), details: { name: publisher.name, ...details } };
    }),
  );
}

async function pageOf(visit: Visit, publisher: StoredPublisher, again: FormState = { typed: {}, problems: {} }): Promise<Page> {
  const connectors = await connectorsOf(visit, publisher);
  const isPartner = seesPeople(visit);
  const view = { visit, publisher, connectors, isPartner, again };
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
        {again.moved !== undefined && <Alert kind="warning" isAnnounced text={again.moved} />}
        <Problems problems={again.problems} />
        <PublisherVerify {...view} />
        {isPartner && (
          <>
            <WhatNext {...view} />
            {connectors.length === 0 && <FirstContactSection {...view} />}
            <div class="moisson-halves">
              <StageForm {...view} />
              <NextAction {...view} />
            </div>
          </>
        )}
        <div class="moisson-halves">
          <div>
            <PublisherFacts {...view} />
            <PublisherAgreement {...view} />
            <PublisherPeople {...view} />
            {isPartner && <LicenceRequest {...view} />}
          </div>
          <div>
            <FunnelInBrief visit={visit} connectors={connectors.map(({ row }) => row.id)} />
            {connectors.length > 0 && (
              <ParagraphLink href={`/producteurs/${publisher.publisherId}/chiffres`} label="Ses chiffres mois par mois" />
            )}
          </div>
        </div>
        <PublisherConnectors {...view} />
        {isPartner && (
          <>
            <PublisherDrafts {...view} />
            <PublisherLetters {...view} />
            <div class="moisson-halves">
              <PublisherContacts {...view} />
              {connectors.length > 0 && <OfferSection {...view} />}
            </div>
            <PublisherLog {...view} />
          </>
        )}
      </>
    ),
  };
}

async function WhatNext(view: PublisherView): Promise<Child> {
  const { visit, publisher, connectors } = view;
  const { publisherId, name } = publisher;
  const begun = (await visit.catalogue.publishers.draftsOf(publisherId)).find(({ connector }) => connector === null);
  const isFirst = begun === undefined && connectors.length === 0;
  return (
    <div class="moisson-acts fr-mb-3w moisson-no-print">
      {begun !== undefined && <ButtonLink href={`/brouillons/${begun.draftId}`} label="Reprendre son brouillon" />}
      <ActButton
        action="/brouillons"
        csrf={visit.csrf}
        label={isFirst ? "Amener son flux" : "Amener un autre flux"}
        fields={{ producteur: publisherId, nom: name }}
        kind={isFirst ? "primary" : "secondary"}
        size="md"
      />
      <ButtonLink kind="secondary" href={`/producteurs/${publisherId}/saisir`} label="Saisir une aide" />
      <ButtonLink kind="secondary" href={`/producteurs/${publisherId}/modifier`} label="Modifier" />
      <ButtonLink kind="secondary" href={`/verifier?producteur=${publisherId}`} label="Vérifier un fichier" />
      <ButtonLink kind="secondary" href={`/producteurs/${publisherId}/espace`} label="Son espace" />
      <ChargeButton {...view} />
    </div>
  );
}

/** What to write and to say to a publisher that nobody has contacted yet, to copy. Null at later stages. */
async function FirstContactSection({ visit, publisher }: PublisherView): Promise<Child> {
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
function LicenceRequest({ publisher, connectors }: PublisherView): Child {
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
