import type { Child } from "hono/jsx";
import { mayAs } from "../../../model/publisher/role.ts";
import { Facts } from "../../parts/facts.tsx";
import { Link } from "../../parts/link.tsx";
import { List } from "../../parts/list.tsx";
import { pageRoute } from "../../route.ts";
import { type ManualSection, manualSections, manualWords } from "./manual-sections.ts";

/** The manual of the console for the team: what each page is for, who does what, keys, words. */
export const manualPage = pageRoute("/mode-d-emploi", "signed-in", ({ visitor }) => ({
  title: "Mode d’emploi",
  breadcrumb: [],
  content: (
    <>
      <h1>Mode d’emploi</h1>
      <nav aria-label="Sommaire">
        <List
          class="moisson-links fr-mb-2w"
          items={[...manualSections, { id: "touches", title: "Les touches" }, { id: "vocabulaire", title: "Les mots" }].map(
            ({ id, title }) => <Link href={`#${id}`} label={title} />,
          )}
        />
      </nav>
      <div class="moisson-parts">
        {manualSections.map((section) => (
          <Section section={section} mayOpen={mayAs(visitor?.role ?? "read", section.needs ?? "read")} />
        ))}
        <Keys />
        <section id="vocabulaire">
          <h2>Les mots</h2>
          <Facts facts={manualWords.map(([name, value]) => ({ name, value }))} />
        </section>
      </div>
    </>
  ),
}));

function Section({
  section: { id, title, paths, what, who, how },
  mayOpen,
}: {
  readonly section: ManualSection;
  readonly mayOpen: boolean;
}): Child {
  return (
    <section id={id}>
      <h2>{mayOpen ? <a href={paths[0] ?? "/"}>{title}</a> : title}</h2>
      <p class="fr-mb-1w">{what}</p>
      <List class="fr-mb-1w" items={how} />
      <p class="moisson-mention">{`Qui : ${who}`}</p>
    </section>
  );
}

function Keys(): Child {
  return (
    <section id="touches">
      <h2>Les touches</h2>
      {manualSections.map(
        ({ title, keys = [] }) =>
          keys.length > 0 && (
            <>
              <h3>{title}</h3>
              <Facts class="moisson-keys__list" facts={keys.map(([key, value]) => ({ name: <kbd>{key}</kbd>, value }))} />
            </>
          ),
      )}
    </section>
  );
}
