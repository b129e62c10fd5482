import type { Child } from "hono/jsx";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { french } from "../../../french/typography.ts";
import { mayAs } from "../../../model/publisher/role.ts";
import { backTo } from "../../access/sign-in.ts";
import { ActButton, type Choice, CsrfField } from "../../parts/form-controls.tsx";
import { actRoute, CannotDo, type Done, type Form } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { publisherAt, subjectOf } from "./publisher-at.ts";

/** Button that puts the visitor in charge of a publisher, or ends that. */
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

const take = actRoute("/producteurs/:producteur/je-m-en-occupe", { who: "bizdev", act: "publisher.take-charge" }, (visit, form) =>
  putInCharge(visit, form, visitorOf(visit).personId),
);

const leave = actRoute("/producteurs/:producteur/ne-plus-m-en-occuper", { who: "bizdev", act: "publisher.leave-charge" }, (visit, form) =>
  putInCharge(visit, form, null),
);

/** Sets the person in charge. Throws `CannotDo` if it is no longer the person whom the button knew (field `etait`). */
async function putInCharge(visit: Visit, form: Form, personInCharge: string | null): Promise<Done> {
  const publisher = await publisherAt(visit);
  const { publisherId, name } = publisher;
  const by = { by: visitorOf(visit).name, now: visit.now };
  const isSame = form.text("etait") === (publisher.personInCharge ?? "");
  if (!isSame || !(await visit.catalogue.publishers.save(publisher, { ...publisher, personInCharge }, by)))
    throw new CannotDo("Ce producteur a été changé entre-temps : rechargez la page.", 409);
  return {
    message: personInCharge === null ? french`Personne ne s'occupe plus de « ${name} ».` : french`Vous vous occupez de « ${name} ».`,
    to: backTo(form, `/producteurs/${publisherId}`),
    subject: subjectOf(publisher),
    details: { name },
  };
}

export const chargeActs = [take, leave] as const;

/** Higher than the number of people in any console. */
const maxPeople = 1000;
const read = new WeakMap<Visit, Promise<readonly Choice[]>>();

/** Returns the people with the role `bizdev` or higher, sorted by name. Read once per request. */
export function peopleInCharge(visit: Visit): Promise<readonly Choice[]> {
  const known = read.get(visit) ?? readNow(visit);
  read.set(visit, known);
  return known;
}

async function readNow({ catalogue }: Visit): Promise<readonly Choice[]> {
  const people = await catalogue.people.list({ isClosed: false }, { limit: maxPeople, offset: 0 });
  return people
    .filter(({ role }) => role !== null && mayAs(role, "bizdev"))
    .map(({ personId, name }) => ({ value: personId, label: name }));
}
