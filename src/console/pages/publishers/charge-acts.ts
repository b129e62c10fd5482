import { french } from "../../../french/typography.ts";
import { returnPath } from "../../access/return-path.ts";
import { type ActRoute, CannotDo, type Form } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { publisherAt, subjectOf } from "./publisher-at.ts";

const take: ActRoute = {
  method: "post",
  path: "/producteurs/:producteur/je-m-en-occupe",
  who: "bizdev",
  act: "publisher.take-charge",
  perform: (visit, form) => putInCharge(visit, form, visitorOf(visit).personId),
};

const leave: ActRoute = {
  method: "post",
  path: "/producteurs/:producteur/ne-plus-m-en-occuper",
  who: "bizdev",
  act: "publisher.leave-charge",
  perform: (visit, form) => putInCharge(visit, form, null),
};

/** `etait`: who was in charge when the button was shown, so that nobody is put out of it unseen. */
async function putInCharge(visit: Visit, form: Form, personInCharge: string | null) {
  const publisher = await publisherAt(visit);
  const { publisherId, name } = publisher;
  const by = { by: visitorOf(visit).name, now: visit.now };
  const isSame = form.text("etait") === (publisher.personInCharge ?? "");
  if (!isSame || !(await visit.catalogue.publishers.save(publisher, { ...publisher, personInCharge }, by)))
    throw new CannotDo("Ce producteur a été changé entre-temps : rechargez la page.", 409);
  return {
    said: personInCharge === null ? french`Personne ne s'occupe plus de « ${name} ».` : french`Vous vous occupez de « ${name} ».`,
    to: form.has("retour") ? returnPath(form.text("retour")) : `/producteurs/${publisherId}`,
    subject: subjectOf(publisher),
    details: { name },
  };
}

/** One click says who is in charge of a publisher, and that nobody is any more. */
export const chargeActs = [take, leave] as const;
