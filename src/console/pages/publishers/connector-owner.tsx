import type { Child } from "hono/jsx";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { french } from "../../../french/typography.ts";
import { controlsOf, formStatus } from "../../forms/form.tsx";
import { readWhy } from "../../forms/why-field.tsx";
import { connectorName } from "../../lists/connector-column.tsx";
import { Problems } from "../../parts/alert.tsx";
import { ActForm, type Choice, Select, SubmitButton, TextArea } from "../../parts/form-controls.tsx";
import { actRoute, CannotDo, type Page, pageRoute } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { connectorRowOf } from "../connectors/connector-rows.ts";
import { refreshPublishers } from "./publisher-at.ts";
import { territoryInWords } from "./read-publisher-rows.ts";

const path = "/connecteurs/:connecteur/producteur";

/** Content of the form. `owner`: the connector's publisher, or null. */
interface OwnerGiven {
  readonly id: string;
  readonly owner: StoredPublisher | null;
  readonly typed: { readonly producteur: string; readonly raison: string };
  readonly problems: Readonly<Record<string, string>>;
}

/** The publisher of a connector, and the form that assigns another one. */
const ownerPage = pageRoute(path, "bizdev", async (visit) => {
  const { id } = await connectorRowOf(visit);
  await refreshPublishers(visit);
  const owner = await visit.catalogue.publishers.findByConnector(id);
  return show(visit, { id, owner, typed: { producteur: "", raison: "" }, problems: {} });
});

/** Assigns a connector to another publisher. The logs of both record the change and its reason. */
const moveAct = actRoute(path, { who: "bizdev", act: "publisher.move-connector" }, async (visit, form) => {
  const { id } = await connectorRowOf(visit);
  const { catalogue, now } = visit;
  const owner = await catalogue.publishers.findByConnector(id);
  if (form.text("etait") !== (owner?.publisherId ?? ""))
    throw new CannotDo("Quelqu’un a rattaché ce connecteur à un autre producteur entre-temps : rechargez la page.", 409);
  const { why, problem } = readWhy(form);
  const to = await catalogue.publishers.find(form.text("producteur"));
  const problems: Record<string, string> = {
    ...(to === null && { producteur: "Choisissez un producteur." }),
    ...(to !== null && to.publisherId === owner?.publisherId && { producteur: "Il est déjà rattaché à ce producteur." }),
    ...(problem !== null && { raison: problem }),
  };
  if (to === null || Object.keys(problems).length > 0)
    return show(visit, { id, owner, typed: { producteur: form.text("producteur"), raison: why }, problems });
  const isMoved = await catalogue.publishers.moveConnector(id, { from: owner, to, why }, { by: visitorOf(visit).name, now });
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

async function show(visit: Visit, { id, owner, typed, problems }: OwnerGiven): Promise<Page> {
  const title = "Changer de producteur";
  const control = controlsOf(typed, problems);
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
          <Select {...control("producteur")} label="Producteur" choices={await choices(visit)} empty="À choisir" required />
          <TextArea
            {...control("raison")}
            label="Pourquoi ce changement ?"
            hint="Une phrase suffit : elle reste au journal des deux producteurs."
            rows={2}
            maxlength={500}
            required
          />
          <SubmitButton label="Rattacher à ce producteur" />{" "}
          <a class="fr-btn fr-btn--secondary" href={back}>
            Annuler
          </a>
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
async function choices({ catalogue }: Visit): Promise<readonly Choice[]> {
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
