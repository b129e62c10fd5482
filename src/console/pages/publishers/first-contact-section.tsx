import type { Child } from "hono/jsx";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { firstContact } from "../../../partners/letters/french/first-contact.ts";
import { Collapsible } from "../../parts/collapsible.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { publicAddress, type Visit, visitorOf } from "../../visit.ts";
import { readReasonsToCall } from "../calls/read-calls.ts";

/** What to write and to say to a publisher that nobody has contacted yet, to copy. Null at later stages. */
export async function FirstContactSection(given: { readonly visit: Visit; readonly publisher: StoredPublisher }): Promise<Child> {
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
