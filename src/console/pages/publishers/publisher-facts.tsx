import type { Child } from "hono/jsx";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { french } from "../../../french/typography.ts";
import { type Fact, Facts } from "../../parts/facts.tsx";
import type { Visit } from "../../visit.ts";
import { seesPeople } from "./publisher-at.ts";
import { kindWord } from "./publisher-words.ts";
import { territoryInWords } from "./read-publisher-rows.ts";

/** Who a publisher is, and who of ours follows it, for those who may see that. */
export async function PublisherFacts({ visit, publisher }: { readonly visit: Visit; readonly publisher: StoredPublisher }): Promise<Child> {
  const { kind, territory, siren, website, personInCharge } = publisher;
  const facts: Fact[] = [
    { name: "Nature", value: kindWord(kind) },
    { name: "Territoire", value: territoryInWords(territory) || "inconnu" },
    ...(siren === null ? [] : [{ name: "SIREN", value: siren.replace(/(\d{3})(?=\d)/g, "$1\u202f") }]),
    ...(website === null ? [] : [{ name: "Site", value: <SiteLink website={website} name={publisher.name} /> }]),
  ];
  if (seesPeople(visit)) facts.push({ name: "Suivi par", value: await nameOf(visit, personInCharge) });
  return (
    <section class="fr-mb-4w">
      <h2>Qui il est</h2>
      <Facts facts={facts} />
    </section>
  );
}

async function nameOf({ catalogue }: Visit, personId: string | null): Promise<string> {
  if (personId === null) return "personne pour le moment";
  return (await catalogue.people.find(personId))?.name ?? "compte supprimé";
}

function SiteLink({ website, name }: { readonly website: string; readonly name: string }): Child {
  return (
    <a href={website} target="_blank" rel="noopener noreferrer" title={french`${name}, site du producteur – nouvelle fenêtre`}>
      {website.replace(/^https?:\/\/|\/$/g, "")}
    </a>
  );
}
