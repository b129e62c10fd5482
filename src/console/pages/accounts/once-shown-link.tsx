import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import { passwordLinkDays } from "../../access/password.ts";
import { CopyButton } from "../../parts/copy-button.tsx";
import { TextField } from "../../parts/form-controls.tsx";
import { ParagraphLink } from "../../parts/link.tsx";
import type { Page } from "../../route.ts";

/** Returns the page that shows a secret link once. */
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
        <CopyButton of="champ-lien" label="Copier le lien" />
        <ParagraphLink href={`/comptes/${personId}`} label="Aller à la page du compte" />
      </>
    ),
  };
}
