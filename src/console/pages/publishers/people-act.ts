import { peoplePolicies } from "../../../model/publisher/people-policy.ts";
import { actRoute } from "../../route.ts";
import { visitorOf } from "../../visit.ts";
import { maxWhy } from "./people-policy.tsx";
import { publisherAt, subjectOf } from "./publisher-at.ts";
import { pageOf } from "./publisher-page.tsx";

/** Records the policy for people's data of a publisher. */
export const peopleAct = actRoute("/producteurs/:producteur/personnes", { who: "bizdev", act: "publisher.people" }, async (visit, form) => {
  const publisher = await publisherAt(visit);
  const policy = peoplePolicies.find((known) => known === form.text("personnes"));
  const why = form.text("raison");
  const problems = {
    ...(policy === undefined && { personnes: "Choisissez ce qui est montré." }),
    ...((why === "" || [...why].length > maxWhy) && { raison: `Dites pourquoi, en ${maxWhy} caractères au plus.` }),
  };
  if (policy === undefined || Object.keys(problems).length > 0) return pageOf(visit, publisher, { typed: { raison: why }, problems });
  await visit.catalogue.peoplePolicies.record(publisher.publisherId, { policy, why, by: visitorOf(visit).name }, visit.now);
  return {
    message: "Le choix est noté : notre site et les prochaines lettres le suivent.",
    to: `/producteurs/${publisher.publisherId}`,
    subject: subjectOf(publisher),
    details: { name: publisher.name, policy },
  };
});
