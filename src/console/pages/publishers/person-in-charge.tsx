import type { Child } from "hono/jsx";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { french } from "../../../french/typography.ts";
import { mayAs } from "../../../model/publisher/role.ts";
import { backTo } from "../../access/sign-in.ts";
import { oncePerVisit } from "../../once-per-visit.ts";
import { ActButton, type Choice, CsrfField } from "../../parts/form-controls.tsx";
import { CannotDo } from "../../route.ts";
import { actorOf, type Visit, visitorOf } from "../../visit.ts";
import { type PublisherAct, type PublisherView, publisherAct } from "./publisher-at.ts";

/** Button that puts the visitor in charge of a publisher, or ends that. */
export function ChargeButton({ visit, publisher: { publisherId, personInCharge } }: PublisherView): Child {
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

/** The form, outside the table, that all `TakeChargeInRow` buttons submit. */
export function TakeChargeForm({ visit }: { readonly visit: Visit }): Child {
  return (
    <form method="post" action="/producteurs" id={rowsForm}>
      <CsrfField csrf={visit.csrf} />
      <input type="hidden" name="etait" value="" />
      <input type="hidden" name="retour" value={visit.address} />
    </form>
  );
}

/** Button in the row of a publisher that nobody is in charge of. */
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

/** Returns the act that sets the person in charge. It fails if it is no longer the person whom the button knew (field `etait`). */
function chargeAct(path: string, act: string, personOf: (visit: Visit) => string | null): PublisherAct {
  return publisherAct(path, act, async (visit, publisher, form) => {
    const { publisherId, name } = publisher;
    const personInCharge = personOf(visit);
    const isSame = form.text("etait") === (publisher.personInCharge ?? "");
    if (!isSame || !(await visit.catalogue.publishers.save(publisher, { ...publisher, personInCharge }, actorOf(visit))))
      throw new CannotDo("Ce producteur a été changé entre-temps : rechargez la page.", 409);
    return {
      message: personInCharge === null ? french`Personne ne s'occupe plus de « ${name} ».` : french`Vous vous occupez de « ${name} ».`,
      to: backTo(form, `/producteurs/${publisherId}`),
    };
  });
}

export const chargeActs: readonly PublisherAct[] = [
  chargeAct("je-m-en-occupe", "publisher.take-charge", (visit) => visitorOf(visit).personId),
  chargeAct("ne-plus-m-en-occuper", "publisher.leave-charge", () => null),
];

/** Higher than the number of people in any console. */
const maxPeople = 1000;

/** Returns the people with the role `bizdev` or higher, sorted by name. */
export const peopleInCharge = oncePerVisit(async ({ catalogue }): Promise<readonly Choice[]> => {
  const people = await catalogue.people.list({ isClosed: false }, { limit: maxPeople, offset: 0 });
  return people
    .filter(({ role }) => role !== null && mayAs(role, "bizdev"))
    .map(({ personId, name }) => ({ value: personId, label: name }));
});
