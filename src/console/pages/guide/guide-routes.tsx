import type { PageRoute } from "../../route.ts";
import type { GuidePage } from "./guide-page.ts";
import { guidePages, guidePath } from "./guide-pages.ts";
import { Section } from "./guide-section.tsx";

/** How to publish one's aids, for everybody. */
export const guideRoutes: readonly PageRoute[] = guidePages.map((page) => ({
  method: "get",
  path: guidePath(page),
  who: "anyone",
  answer: (visit) => ({
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
  }),
}));

function Entry({ other, isHere }: { readonly other: GuidePage; readonly isHere: boolean }) {
  return (
    <li class={`fr-sidemenu__item${isHere ? " fr-sidemenu__item--active" : ""}`}>
      <a class="fr-sidemenu__link" href={guidePath(other)} aria-current={isHere ? "page" : undefined}>
        {other.shortTitle}
      </a>
    </li>
  );
}
