import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import { Link } from "../../parts/link.tsx";
import { List } from "../../parts/list.tsx";
import { Table } from "../../parts/table.tsx";
import { type PageRoute, pageRoute } from "../../route.ts";
import type { GuidePage, GuideSection } from "./guide-page.ts";
import { guidePages, guidePath } from "./guide-pages.ts";

/** The public guide for publishers. */
export const guideRoutes: readonly PageRoute[] = guidePages.map(
  (page): PageRoute =>
    pageRoute(guidePath(page), "public", (visit) => ({
      title: page.title,
      isBare: true,
      isIndexed: true,
      content: (
        <div class="fr-grid-row fr-grid-row--gutters">
          <div class="fr-col-12 fr-col-md-4 moisson-no-print">
            <nav class="fr-sidemenu" aria-labelledby="guide-titre">
              <div class="fr-sidemenu__inner">
                <p class="fr-sidemenu__title fr-px-2w fr-px-md-0" id="guide-titre">
                  Publier ses aides
                </p>
                <ul class="fr-sidemenu__list">
                  {guidePages.map((other) => (
                    <Entry other={other} isHere={other === page} />
                  ))}
                  {visit.console.settings.isCheckPublic && (
                    <li class="fr-sidemenu__item">
                      <a class="fr-sidemenu__link" href="/verifier">
                        Vérifier mon fichier
                      </a>
                    </li>
                  )}
                </ul>
              </div>
            </nav>
          </div>
          <div class="fr-col-12 fr-col-md-8">
            <h1>{page.title}</h1>
            <p class="fr-text--lead">{page.lead}</p>
            {page.sections.map((section) => (
              <Section section={section} />
            ))}
          </div>
        </div>
      ),
    })),
);

function Entry({ other, isHere }: { readonly other: GuidePage; readonly isHere: boolean }) {
  return (
    <li class={`fr-sidemenu__item${isHere ? " fr-sidemenu__item--active" : ""}`}>
      <a class="fr-sidemenu__link" href={guidePath(other)} aria-current={isHere ? "page" : undefined}>
        {other.shortTitle}
      </a>
    </li>
  );
}

/** Renders a section of the guide: text, then good and bad examples. */
function Section({ section }: { readonly section: GuideSection }): Child {
  const { title, says, list = [], examples = [], table, links = [] } = section;
  return (
    <section class="fr-mb-5w">
      <h2>{title}</h2>
      {says.map((text) => (
        <p>{text}</p>
      ))}
      <List class="fr-mb-3w" items={list} />
      {examples.length > 0 && (
        <Table caption={french`${title} : à écrire, à éviter`} isCaptionHidden head={["À écrire", "À éviter", "Pourquoi"]}>
          {examples.map(({ good, bad, why }) => (
            <tr>
              <td>
                <span class="fr-icon-check-line moisson-good" aria-hidden="true" /> <span class="moisson-text">{good}</span>
              </td>
              <td>
                <span class="fr-icon-close-line moisson-bad" aria-hidden="true" /> <span class="moisson-text">{bad}</span>
              </td>
              <td>{why}</td>
            </tr>
          ))}
        </Table>
      )}
      {table !== undefined && (
        <Table caption={table.caption} isCaptionHidden head={table.head}>
          {table.rows.map(([first, ...others]) => (
            <tr>
              <th scope="row">{first}</th>
              {others.map((cell) => (
                <td>
                  <span class="moisson-text">{cell}</span>
                </td>
              ))}
            </tr>
          ))}
        </Table>
      )}
      <List
        class="moisson-links"
        items={links.map(({ label, href, isFile }) => (
          <Link href={href} label={label} {...(isFile === true && { icon: "fr-link--download" })} />
        ))}
      />
    </section>
  );
}
