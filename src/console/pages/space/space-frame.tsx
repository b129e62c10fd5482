import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import { ActButton } from "../../parts/form-controls.tsx";
import { Link } from "../../parts/link.tsx";
import type { Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import type { ActingPublisher } from "./acting-publisher.ts";

const entries = [
  { title: "Accueil", path: "" },
  { title: "Mes aides", path: "/aides" },
  { title: "Mes flux", path: "/flux" },
  { title: "Courriers", path: "/courriers" },
] as const;

/** Returns a page of a publisher's space, or of the pages behind a letter. `at`: path of the highlighted entry. */
export function spacePage(
  visit: Visit,
  acting: ActingPublisher,
  { at, ...page }: Pick<Page, "title" | "content" | "status"> & { readonly at: (typeof entries)[number]["path"] | null },
): Page {
  return {
    ...page,
    isBare: true,
    content: (
      <>
        {"account" in acting.from ? <SpaceMenu visit={visit} acting={acting} at={at} /> : <LetterMenu acting={acting} />}
        {page.content}
      </>
    ),
  };
}

function SpaceMenu(given: { readonly visit: Visit; readonly acting: ActingPublisher; readonly at: string | null }): Child {
  const { visit, acting, at } = given;
  return (
    <div class="fr-mb-3w">
      <div class="moisson-acts">
        <p class="fr-mb-0">
          <strong>{acting.name}</strong> <span class="moisson-mention">{acting.by}</span>
        </p>
        <ActButton action="/espace/deconnexion" csrf={visit.csrf} label="Se déconnecter" kind="tertiary" icon="fr-icon-logout-box-r-line" />
      </div>
      <nav aria-label="Mon espace">
        <ul class="moisson-tabs">
          {entries.map(({ title, path }) => (
            <li>
              <a href={`${acting.base}${path}`} aria-current={path === at ? "page" : undefined}>
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  );
}

function LetterMenu({ acting }: { readonly acting: ActingPublisher }): Child {
  return (
    <p>
      <Link icon="fr-icon-arrow-left-line fr-link--icon-left" href={acting.base} label={french`Revenir à la lettre à ${acting.name}`} />
    </p>
  );
}
