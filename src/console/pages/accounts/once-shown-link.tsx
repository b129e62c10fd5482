import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import { passwordLinkDays } from "../../access/password.ts";
import { TextField } from "../../parts/form.tsx";
import type { Page } from "../../route.ts";

/** Returns a page with a secret link, shown only once. */
export function onceShownLinkPage(given: {
  readonly title: string;
  readonly email: string;
  readonly personId: string;
  readonly link: string;
  readonly more?: Child;
}): Page {
  const { title, email, personId, link, more } = given;
  return {
    title,
    breadcrumb: [{ title: "Comptes", href: "/comptes" }],
    menuPath: "/comptes",
    content: (
      <>
        <h1>{title}</h1>
        <p>
          {french`Transmettez ce lien à ${email}. Il sert une fois, à choisir un mot de passe, pendant ${passwordLinkDays} jours. Il ne sera plus montré : s'il se perd, il s'en fait un autre depuis la page du compte.`}
        </p>
        {more}
        <TextField name="lien" label="Lien à transmettre" value={link} readonly />
        <p>
          <button class="fr-btn fr-btn--secondary" type="button" data-copies="champ-lien">
            Copier le lien
          </button>
        </p>
        <p>
          <a class="fr-link" href={`/comptes/${personId}`}>
            Aller à la page du compte
          </a>
        </p>
      </>
    ),
  };
}
