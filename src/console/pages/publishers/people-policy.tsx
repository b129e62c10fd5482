import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import { type PeoplePolicy, peoplePolicies } from "../../../model/publisher/people-policy.ts";
import { ActForm, Select, SubmitButton, TextField } from "../../parts/form-controls.tsx";
import { List } from "../../parts/list.tsx";
import { formatDateTime } from "../../parts/time.ts";
import { visitorOf } from "../../visit.ts";
import { type PublisherView, publisherAct } from "./publisher-at.ts";

/** Maximum length of the reason, in characters. */
const maxWhy = 500;

const labels: Readonly<Record<PeoplePolicy, string>> = {
  service: "Les services seulement",
  professional: "Aussi les contacts professionnels que le producteur publie",
  all: "Tout ce que le producteur publie",
};

/** The policy for people's data of a publisher, who recorded it and why, and the form that changes it. */
export async function PublisherPeople({ visit, publisher, isPartner, again }: PublisherView): Promise<Child> {
  const why = again.typed.raison ?? "";
  const [current, ...earlier] = await visit.catalogue.peoplePolicies.list(publisher.publisherId);
  return (
    <section class="fr-mb-4w">
      <h2>Données de personnes</h2>
      <p>{french`Ce que notre site et ses lettres montrent des personnes nommées. Les données ouvertes n'en montrent jamais.`}</p>
      <p>
        <strong>{labels[current?.policy ?? "service"]}</strong>
        {current === undefined
          ? " (par défaut)"
          : isPartner && french` : ${current.by}, ${formatDateTime(new Date(current.at))} : ${current.why}`}
      </p>
      {isPartner && (
        <details open={why !== ""}>
          <summary>Changer ce choix</summary>
          <ActForm action={`/producteurs/${publisher.publisherId}/personnes`} csrf={visit.csrf} class="moisson-narrow fr-mt-2w">
            <Select
              name="personnes"
              label="Ce qui est montré"
              choices={peoplePolicies.map((value) => ({ value, label: labels[value] }))}
              value={current?.policy ?? "service"}
            />
            <TextField name="raison" label="Pourquoi" value={why} maxlength={maxWhy} required />
            <SubmitButton label="Noter ce choix" isSecondary />
          </ActForm>
          {earlier.length > 0 && (
            <List
              class="fr-mt-2w"
              items={earlier.map(
                ({ policy, why: then, by, at }) => french`Avant : ${labels[policy]}, ${by}, ${formatDateTime(new Date(at))} : ${then}`,
              )}
            />
          )}
        </details>
      )}
    </section>
  );
}

/** Records the policy for people's data of a publisher. */
export const peopleAct = publisherAct("personnes", "publisher.people", async (visit, { publisherId }, form) => {
  const policy = peoplePolicies.find((known) => known === form.text("personnes"));
  const why = form.text("raison");
  const problems = {
    ...(policy === undefined && { personnes: "Choisissez ce qui est montré." }),
    ...((why === "" || [...why].length > maxWhy) && { raison: `Dites pourquoi, en ${maxWhy} caractères au plus.` }),
  };
  if (policy === undefined || Object.keys(problems).length > 0) return { again: { typed: { raison: why }, problems } };
  await visit.catalogue.peoplePolicies.record(publisherId, { policy, why, by: visitorOf(visit).name }, visit.now);
  return { message: "Le choix est noté : notre site et les prochaines lettres le suivent.", details: { policy } };
});
