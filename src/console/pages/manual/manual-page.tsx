import type { Child } from "hono/jsx";
import { Table } from "../../parts/table.tsx";
import { pageRoute } from "../../route.ts";
import { type ManualSection, manualSections, manualWords } from "./manual-sections.ts";

/** The manual of the console for the team: what each page is for, who does what, keys, words. */
export const manualPage = pageRoute("/mode-d-emploi", "signed-in", () => ({
  title: "Mode d’emploi",
  breadcrumb: [],
  content: (
    <div class="moisson-narrow">
      <h1>Mode d’emploi</h1>
      <nav class="fr-summary fr-mb-4w" aria-labelledby="sommaire">
        <h2 class="fr-summary__title" id="sommaire">
          Sommaire
        </h2>
        <ol>
          {[...manualSections, { id: "vocabulaire", title: "Les mots" }].map(({ id, title }) => (
            <li>
              <a class="fr-summary__link" href={`#${id}`}>
                {title}
              </a>
            </li>
          ))}
        </ol>
      </nav>
      {manualSections.map((section) => (
        <Section section={section} />
      ))}
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
  ),
}));

function Section({ section: { id, title, paths, what, who, how, keys = [] } }: { readonly section: ManualSection }): Child {
  return (
    <section id={id} class="fr-mb-4w">
      <h2 class="fr-h4">
        <a href={paths[0] ?? "/"}>{title}</a>
      </h2>
      <p>{what}</p>
      <ul>
        {how.map((sentence) => (
          <li>{sentence}</li>
        ))}
      </ul>
      <p class="moisson-mention">{`Qui : ${who}`}</p>
      {keys.length > 0 && (
        <Table caption={`${title} : touches`} head={["Touche", "Ce qu’elle fait"]}>
          {keys.map(([key, act]) => (
            <tr>
              <td>
                <kbd>{key}</kbd>
              </td>
              <td>{act}</td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}
