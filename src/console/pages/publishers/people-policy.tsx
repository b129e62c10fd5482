import type { Child } from "hono/jsx";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { french } from "../../../french/typography.ts";
import { type PeoplePolicy, peoplePolicies } from "../../../model/publisher/people-policy.ts";
import { ActForm, Select, SubmitButton, TextField } from "../../parts/form-controls.tsx";
import { formatDateTime } from "../../parts/time.ts";
import type { Visit } from "../../visit.ts";

/** Maximum length of the reason, in characters. */
export const maxWhy = 500;

const labels: Readonly<Record<PeoplePolicy, string>> = {
  service: "Les services seulement",
  professional: "Aussi les contacts professionnels que le producteur publie",
  all: "Tout ce que le producteur publie",
};

/** The policy for people's data of a publisher, who recorded it and why, and the form that changes it. */
export async function PublisherPeople(given: {
  readonly visit: Visit;
  readonly publisher: StoredPublisher;
  readonly isPartner: boolean;
  readonly why?: string | undefined;
}): Promise<Child> {
  const { visit, publisher, isPartner, why = "" } = given;
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
            <ul class="fr-mt-2w">
              {earlier.map(({ policy, why: then, by, at }) => (
                <li>{french`Avant : ${labels[policy]}, ${by}, ${formatDateTime(new Date(at))} : ${then}`}</li>
              ))}
            </ul>
          )}
        </details>
      )}
    </section>
  );
}
