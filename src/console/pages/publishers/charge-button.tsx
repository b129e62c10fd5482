import type { Child } from "hono/jsx";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { ActButton, CsrfField } from "../../parts/form.tsx";
import { type Visit, visitorOf } from "../../visit.ts";

/** « Je m’en occupe », or that one does so no more. */
export function ChargeButton(given: {
  readonly visit: Visit;
  readonly publisher: Pick<StoredPublisher, "publisherId" | "personInCharge">;
}): Child {
  const {
    visit,
    publisher: { publisherId, personInCharge },
  } = given;
  const isMine = personInCharge === visitorOf(visit).personId;
  return (
    <ActButton
      action={`/producteurs/${publisherId}/${isMine ? "ne-plus-m-en-occuper" : "je-m-en-occupe"}`}
      csrf={visit.csrf}
      label={isMine ? "Ne plus m’en occuper" : "Je m’en occupe"}
      fields={{ etait: personInCharge ?? "" }}
      size="md"
    />
  );
}

const rowsForm = "s-en-occuper";

/** The form of the buttons in rows: it stands beside the table, which is printed without forms. */
export function TakeChargeForm({ visit }: { readonly visit: Visit }): Child {
  return (
    <form method="post" action="/producteurs" id={rowsForm}>
      <CsrfField csrf={visit.csrf} />
      <input type="hidden" name="etait" value="" />
      <input type="hidden" name="retour" value={visit.address} />
    </form>
  );
}

/** « Je m’en occupe », in a row of a publisher of which nobody is in charge. */
export function TakeChargeInRow({ publisher }: { readonly publisher: Pick<StoredPublisher, "publisherId" | "name"> }): Child {
  return (
    <button
      type="submit"
      form={rowsForm}
      formaction={`/producteurs/${publisher.publisherId}/je-m-en-occupe`}
      class="fr-btn fr-btn--tertiary fr-btn--sm moisson-no-print"
    >
      Je m’en occupe<span class="fr-sr-only">{` (${publisher.name})`}</span>
    </button>
  );
}
