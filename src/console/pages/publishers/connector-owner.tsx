import type { Child } from "hono/jsx";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { french } from "../../../french/typography.ts";
import { type Fields, FormFields, type FormProblems, formStatus, readFields, whyField } from "../../forms/form.tsx";
import { connectorName } from "../../lists/connector-column.tsx";
import { Problems } from "../../parts/alert.tsx";
import { ActForm, type Choice, SubmitButton } from "../../parts/form-controls.tsx";
import { ButtonLink } from "../../parts/link.tsx";
import { actRoute, CannotDo, type Page, pageRoute } from "../../route.ts";
import { actorOf, type Visit } from "../../visit.ts";
import { connectorRowOf } from "../connectors/connector-rows.ts";
import { refreshPublishers } from "./publisher-at.ts";
import { territoryInWords } from "./read-publisher-rows.ts";

const path = "/connecteurs/:connecteur/producteur";

const unknownPublisher = "Choisissez un producteur.";

async function fieldsOf(visit: Visit) {
  const choices = await choicesOf(visit);
  return {
    producteur: { label: "Producteur", choices, emptyLabel: "À choisir", maxLength: 40, required: unknownPublisher },
    raison: { ...whyField, hint: "Une phrase suffit : elle reste au journal des deux producteurs." },
  } satisfies Fields;
}

/** The publisher of a connector, and the form that assigns another one. */
const ownerPage = pageRoute(path, "bizdev", async (visit) => {
  const { id } = await connectorRowOf(visit);
  await refreshPublishers(visit);
  const owner = await visit.catalogue.publishers.findByConnector(id);
  return show(visit, id, owner);
});

/** Assigns a connector to another publisher. The logs of both record the change and its reason. */
const moveAct = actRoute(path, { who: "bizdev", act: "publisher.move-connector" }, async (visit, form) => {
  const { id } = await connectorRowOf(visit);
  const { catalogue } = visit;
  const owner = await catalogue.publishers.findByConnector(id);
  if (form.text("etait") !== (owner?.publisherId ?? ""))
    throw new CannotDo("Quelqu’un a rattaché ce connecteur à un autre producteur entre-temps : rechargez la page.", 409);
  const to = await catalogue.publishers.find(form.text("producteur"));
  const { typed, values, problems } = readFields(await fieldsOf(visit), form, (): FormProblems => {
    if (to === null) return { producteur: unknownPublisher };
    return to.publisherId === owner?.publisherId ? { producteur: "Il est déjà rattaché à ce producteur." } : {};
  });
  if (to === null || values === null) return show(visit, id, owner, typed, problems);
  const isMoved = await catalogue.publishers.moveConnector(id, { from: owner, to, why: values.raison }, actorOf(visit));
  if (!isMoved) throw new CannotDo("Quelqu’un a rattaché ce connecteur à un autre producteur entre-temps : rechargez la page.", 409);
  return {
    message:
      french`Le connecteur « ${await connectorName(visit, id)} » est rattaché à ce producteur. ${await stageLeft(visit, owner)}`.trim(),
    to: `/producteurs/${to.publisherId}#flux`,
    subject: `connecteur ${id}`,
    details: { name: to.name, ...(owner !== null && { was: owner.name }) },
  };
});

/** Returns a hint if the former publisher is still at the stage `online` without a connector; otherwise "". */
async function stageLeft({ catalogue }: Visit, before: StoredPublisher | null): Promise<string> {
  if (before === null || before.stage !== "online") return "";
  const owners = await catalogue.publishers.connectorOwners();
  const isLeft = [...owners.values()].includes(before.publisherId);
  return isLeft ? "" : french`« ${before.name} » n'a plus de connecteur, et reste à l'étape « en ligne » : changez-la si besoin.`;
}

async function show(
  visit: Visit,
  id: string,
  owner: StoredPublisher | null,
  typed: Readonly<Record<string, string>> = {},
  problems: FormProblems = {},
): Promise<Page> {
  const title = "Changer de producteur";
  const name = await connectorName(visit, id);
  const back = owner === null ? `/connecteurs/${id}` : `/producteurs/${owner.publisherId}`;
  return {
    title,
    breadcrumb: [
      { title: "Connecteurs", href: "/connecteurs" },
      { title: name, href: `/connecteurs/${id}` },
    ],
    menuPath: "/connecteurs",
    status: formStatus(problems),
    content: (
      <>
        <h1>{french`Rattacher le connecteur « ${name} » à un autre producteur`}</h1>
        <Problems problems={problems} />
        <Now owner={owner} />
        <p>
          {french`Ses aides, ses collectes, ses lettres et son brouillon suivent le connecteur, et comptent dans les chiffres du producteur choisi. Les contacts et le journal restent où ils sont. Sa définition ne change pas : elle dit le nom et la licence que les exports donnent.`}
        </p>
        <ActForm action={`/connecteurs/${id}/producteur`} csrf={visit.csrf} class="moisson-narrow">
          <input type="hidden" name="etait" value={owner?.publisherId ?? ""} />
          <FormFields fields={await fieldsOf(visit)} typed={typed} problems={problems} />
          <SubmitButton label="Rattacher à ce producteur" /> <ButtonLink kind="secondary" href={back} label="Annuler" />
        </ActForm>
      </>
    ),
  };
}

function Now({ owner }: { readonly owner: StoredPublisher | null }): Child {
  if (owner === null) return <p>Il n’est rattaché à aucun producteur pour le moment.</p>;
  return (
    <p>
      {"Il est rattaché à "}
      <a href={`/producteurs/${owner.publisherId}`}>{owner.name}</a>.
    </p>
  );
}

/** Returns all publishers as choices. If several have the same name, the label includes the territory. */
async function choicesOf({ catalogue }: Visit): Promise<readonly Choice[]> {
  const all = await catalogue.publishers.list();
  const names = all.map(({ name }) => name);
  return all
    .map(({ publisherId, name, territory }) => {
      const isOnly = names.indexOf(name) === names.lastIndexOf(name);
      return { value: publisherId, label: isOnly ? name : `${name}, ${territoryInWords(territory) || "territoire inconnu"}` };
    })
    .sort((a, b) => a.label.localeCompare(b.label, "fr"));
}

export const connectorOwner = [ownerPage, moveAct] as const;
