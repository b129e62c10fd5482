import type { Child } from "hono/jsx";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { openLicences } from "../../../model/aid/open-data.ts";
import { licenceRequest } from "../../../partners/letters/french/ask-licence.ts";
import { Collapsible } from "../../parts/collapsible.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import type { PublisherConnector } from "./read-connectors.ts";

/** A mail that asks for an open licence, to copy. Null if the agreement or the connectors have one. */
export function LicenceRequest({
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
