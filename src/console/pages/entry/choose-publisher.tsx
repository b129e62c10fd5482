import { counted, french } from "../../../french/typography.ts";
import { foldTerm } from "../../../kit/values/text/fold-term.ts";
import { entryPath } from "../../entry/entry-path.ts";
import { SubmitButton, TextField } from "../../parts/form-controls.tsx";
import { pageRoute } from "../../route.ts";

const maxFound = 20;

/** The page that asks whose aid to enter. */
export const choosePublisher = pageRoute("/saisir", "bizdev", async ({ catalogue, query }) => {
  const typed = (query.get("nom") ?? "").slice(0, 200).trim();
  const words = foldTerm(typed).split(" ");
  const found =
    typed === "" ? [] : (await catalogue.publishers.list()).filter(({ name }) => words.every((word) => foldTerm(name).includes(word)));
  return {
    title: "Saisir une aide",
    breadcrumb: [{ title: "Nouveau producteur", href: "/brouillons" }],
    menuPath: "/brouillons",
    content: (
      <div class="moisson-narrow">
        <h1>Saisir une aide</h1>
        <p class="fr-text--lead">Pour un producteur qui n’a pas de fichier, ou pour une aide qui manque au sien.</p>
        <form method="get" action="/saisir" class="fr-mb-4w">
          <TextField
            name="nom"
            label="De quel producteur est cette aide ?"
            hint="Une partie de son nom suffit."
            value={typed}
            maxlength={200}
          />
          <SubmitButton label="Chercher" />
        </form>
        {typed !== "" && (
          <>
            <h2>{found.length === 0 ? french`Aucun producteur ne porte ce nom` : counted(found.length, "producteur")}</h2>
            <ul>
              {found.slice(0, maxFound).map((publisher) => (
                <li>
                  <a href={entryPath(publisher)}>{publisher.name}</a>
                </li>
              ))}
            </ul>
            {found.length > maxFound && <p>Précisez le nom : seuls les vingt premiers sont montrés.</p>}
            <p>
              Il n’est pas dans la liste ? <a href="/producteurs/nouveau">Ajoutez ce producteur</a>, puis « Saisir une aide » sur sa page.
            </p>
          </>
        )}
      </div>
    ),
  };
});
