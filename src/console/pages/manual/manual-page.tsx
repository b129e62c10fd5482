import type { Child } from "hono/jsx";
import { mayAs } from "../../../model/publisher/role.ts";
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
        <ul class="moisson-links fr-mb-2w">
          {[...manualSections, { id: "touches", title: "Les touches" }, { id: "vocabulaire", title: "Les mots" }].map(({ id, title }) => (
            <li>
              <a class="fr-link" href={`#${id}`}>
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div class="moisson-parts">
        {manualSections.map((section) => (
          <Section section={section} mayOpen={mayAs(visitor?.role ?? "read", section.needs ?? "read")} />
        ))}
        <Keys />
        <section id="vocabulaire">
          <h2>Les mots</h2>
          <dl class="moisson-facts">
            {manualWords.map(([word, meaning]) => (
              <>
                <dt>{word}</dt>
                <dd>{meaning}</dd>
              </>
            ))}
          </dl>
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
              <dl class="moisson-keys__list">
                {keys.map(([key, act]) => (
                  <>
                    <dt>
                      <kbd>{key}</kbd>
                    </dt>
                    <dd>{act}</dd>
                  </>
                ))}
              </dl>
            </>
          ),
      )}
    </section>
  );
}
